using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace PromptPlatform.Analytics.Learning;

/// <summary>What is believed of a technique before anybody judged it: <c>priors.json</c>, made from the evidence in the catalogue.</summary>
/// <remarks>
/// The mean is that of the catalogue's suggested policy: 0.60 default-on, 0.55 on-match, 0.50 opt-in, 0.40 off. It weighs 12 outcomes where the
/// figure was read in the paper's abstract, 8 where a second source gives it, 4 where there is none. What the catalogue does not know is 0.50, worth 4.
/// </remarks>
internal static class TechniquePriors
{
    private static readonly BetaPosterior s_unknown = BetaPosterior.Of(0.5, 4);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly FrozenDictionary<string, BetaPosterior> s_known = Read();

    /// <summary>Techniques with a prior of their own, in order.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. s_known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The prior of a technique.</summary>
    public static BetaPosterior Of(string technique) => s_known.TryGetValue(technique, out var prior) ? prior : s_unknown;

    private static FrozenDictionary<string, BetaPosterior> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("priors.json") ?? throw new InvalidOperationException("priors.json is not embedded");
        var lines = JsonSerializer.Deserialize<Dictionary<string, Line>>(file, s_json)!;
        return lines.ToFrozenDictionary(l => l.Key, l => BetaPosterior.Of(l.Value.Mean, l.Value.Weight), StringComparer.Ordinal);
    }

    private sealed record Line(double Mean, double Weight);
}
