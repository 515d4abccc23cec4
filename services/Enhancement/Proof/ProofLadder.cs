using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>The plans to try when an output is refused, from what was chosen to what can hardly go wrong. Below the last step comes the unchanged prompt.</summary>
internal static class ProofLadder
{
    /// <summary>Each step is smaller than the one before it.</summary>
    public static IEnumerable<IReadOnlyList<PolicyRule>> Steps(IReadOnlyList<PolicyRule> rules)
    {
        if (rules.Count == 0)
            yield break;
        yield return rules;
        // Lines that are added as they stand: nothing moved, wrapped or filled in.
        var plain = rules.Where(r => r.Action is null).ToList();
        if (plain.Count > 0 && plain.Count < rules.Count)
            yield return plain;
        if (plain.Count > 1)
            yield return plain[..1];
    }
}
