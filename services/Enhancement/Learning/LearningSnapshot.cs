using System.Collections.Frozen;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Enhancement.Learning;

/// <summary>What one organisation has learned, at one moment; immutable.</summary>
internal sealed class LearningSnapshot
{
    // In place of a technique: what enhancements of this intent and target usually come to.
    private const string UsualName = "*";

    // Nothing is known of a technique that came after the snapshot: an even chance, worth four outcomes.
    private static readonly LearnedShare s_unknown = new(2, 2, 0.094, 0.906, 0, 0.5, 4, PriorOfAll: false);

    private readonly FrozenDictionary<(string Technique, string Intent, string Target), LearnedShare> _shares;

    /// <summary>A snapshot of these shares; intent and target are empty where a share stands for all that have none of their own.</summary>
    public LearningSnapshot(string version, IEnumerable<KeyValuePair<(string Technique, string Intent, string Target), LearnedShare>> shares)
    {
        Version = version;
        _shares = shares.ToFrozenDictionary();
    }

    /// <summary>Hash of the content.</summary>
    public string Version { get; }

    /// <summary>The snapshot that <paramref name="message"/> carries.</summary>
    public static LearningSnapshot From(OrganizationSnapshot message) => new(message.Version, message.Shares.GroupBy(s => (s.Technique, s.Intent, s.Target)).Select(g => KeyValuePair.Create(g.Key, ToShare(g.Last()))));

    /// <summary>What is known of a technique here, else anywhere, else nothing.</summary>
    public LearnedShare Find(string technique, string intent, string target) =>
        _shares.TryGetValue((technique, intent, target), out var share) || _shares.TryGetValue((technique, "", ""), out share) ? share : s_unknown;

    /// <summary>What enhancements of this intent and target usually come to.</summary>
    public LearnedShare Usual(string intent, string target) => Find(UsualName, intent, target);

    private static LearnedShare ToShare(SnapshotShare share) =>
        new(share.Alpha, share.Beta, share.Lower, share.Upper, share.Outcomes, share.PriorMean, share.PriorWeight, share.PriorOfAll);
}
