using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Learning;

/// <summary>
/// Thompson sampling among the rules that the policy lets hold for a prompt. It changes their order and leaves weak ones out, nothing else:
/// a rule that does not hold never comes in, and one that is required never goes.
/// </summary>
internal sealed class LearnedChoice(LearningSnapshot snapshot, byte[] seed, string intent, string target)
{
    /// <summary>From this weight on the policy leaves no choice.</summary>
    public const double Required = 0.75;

    /// <summary>The candidates in the order in which they are taken: those required as the policy has them, then the others by their draws.</summary>
    /// <param name="policy">Whose candidates they are.</param>
    /// <param name="candidates">Rules that hold and that nothing keeps out, in the policy's order.</param>
    /// <param name="declined">Gets those that are left out.</param>
    public List<PolicyRule> Arrange(TechniquePolicy policy, IReadOnlyList<PolicyRule> candidates, List<(string Technique, string Reason, double Weight)> declined)
    {
        var required = RequiredAmong(policy, candidates);
        var settled = candidates.Where(r => required.Contains(r.Id)).Select(r => r.Technique).ToHashSet(StringComparer.Ordinal);
        var open = candidates.Where(r => !required.Contains(r.Id)).GroupBy(r => r.Technique, StringComparer.Ordinal)
            .Select(g => (Rules: g, Share: snapshot.Find(g.Key, intent, target))).OrderByDescending(t => Draw(t.Rules.Key, t.Share)).ToList();
        var usual = snapshot.Usual(intent, target);
        var arranged = candidates.Where(r => required.Contains(r.Id)).ToList();
        foreach (var (rules, share) in open)
        {
            // The best draw always stays: a plan may get shorter, not empty.
            if (rules.Key != open[0].Rules.Key && !settled.Contains(rules.Key) && share.FallsBehind(usual))
                declined.Add((rules.Key, $"Left out as your organisation has learned: {share.Numbers} Usual here is {FormattableString.Invariant($"{usual.Mean:P0}")}.", rules.Max(r => r.Weight)));
            else
                arranged.AddRange(rules.Select(r => r with { Learned = $"Learned: {share.Numbers}" }));
        }
        return arranged;
    }

    // By id; also what a required rule builds on.
    private static HashSet<string> RequiredAmong(TechniquePolicy policy, IReadOnlyList<PolicyRule> candidates)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<PolicyRule>(candidates.Where(r => (r.Weight >= Required || r.Repairs || r.Action is not null) && required.Add(r.Id)));
        while (open.TryDequeue(out var rule))
        {
            var names = policy.Requires(rule).ToHashSet(StringComparer.Ordinal);
            foreach (var needed in candidates.Where(r => (names.Contains(r.Id) || names.Contains(r.Technique)) && required.Add(r.Id)))
                open.Enqueue(needed);
        }
        return required;
    }

    private double Draw(string technique, LearnedShare share)
    {
        var chance = new SeededChance(seed, technique);
        return PosteriorDraw.Of(share.Alpha, share.Beta, ref chance);
    }
}
