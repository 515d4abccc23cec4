using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Chooses techniques by the policy: what holds, less what would do harm, up to what the style allows.</summary>
internal static class TechniqueSelector
{
    const int MaxDeclined = 6;
    const int MaxMissing = 5;

    // A placeholder costs the reader a step: in the concise style only for what the task cannot do without.
    const double EssentialDetail = 0.85;

    /// <summary>The plan for a prompt.</summary>
    public static TechniquePlan Select(TechniquePolicy policy, PromptInput input, PromptReading reading, Classification classification, TechniqueCatalog techniques)
    {
        var facts = new PolicyFacts(
            classification.Abstained ? null : classification.Intent, classification.Domain, classification.Complexity, reading.Features,
            reading.Language, input.Target.Family, input.Target.Reasoning, input.Style, input.Goals);
        var declined = new List<(string Technique, string Reason, double Weight)>();
        var candidates = policy.File.Rules.Where(r => r.Holds(facts)).OrderByDescending(r => r.Weight).ToList();
        var gate = Gates.For(reading, input.Style);
        var chosen = new List<PolicyRule>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var lines = 0;
        var most = Math.Min(Limit(policy, input.Style), input.Target.Reasoning ? policy.File.Limits["reasoning"] : int.MaxValue);
        foreach (var rule in candidates)
        {
            var refusal = gate is not null && !(gate.AllowsRepairs && rule.Repairs) ? gate.Reason
                : Refusal(rule, input, techniques)
                ?? (lines + rule.Sentences.Count > most || Postpones(rule, input.Style) ? $"Left out to keep the {Name(input.Style)} style short." : null)
                ?? (!used.Contains(rule.Technique) && used.Count >= input.MaxTechniques ? $"Not among the {input.MaxTechniques} strongest that you asked for." : null);
            if (refusal is not null)
            {
                declined.Add((rule.Technique, refusal, rule.Weight));
                continue;
            }
            chosen.Add(rule);
            used.Add(rule.Technique);
            lines += rule.Sentences.Count;
        }
        SpeakAtLeastOnce(chosen, candidates, r => gate is null && Refusal(r, input, techniques) is null && !Postpones(r, input.Style));
        used.Clear();
        used.UnionWith(chosen.Select(r => r.Technique));
        if (gate is not null)
            declined.Add((gate.Technique, gate.Reason, 0.5));
        declined.AddRange(policy.File.Declines.Where(d => d.Holds(facts)).Select(d => (d.Technique, d.Reason, d.Weight)));
        return new(
            [.. declined.Where(d => !used.Contains(d.Technique) && techniques.Allows(d.Technique)).OrderByDescending(d => d.Weight).DistinctBy(d => d.Technique).Take(MaxDeclined).Select(d => new DeclinedTechnique(d.Technique, d.Reason))],
            Missing(policy, facts, reading, gate), policy.Version)
        { Rules = chosen };
    }

    // A plan that only rearranges leaves no mark by which a second run would know it: one sentence takes the place of the weakest step.
    static void SpeakAtLeastOnce(List<PolicyRule> chosen, List<PolicyRule> candidates, Func<PolicyRule, bool> may)
    {
        if (chosen.Count == 0 || chosen.Any(r => r.Sentences.Count > 0) || candidates.FirstOrDefault(r => r.Sentences.Count > 0 && may(r)) is not { } sentence)
            return;
        chosen[^1] = sentence;
    }

    static string? Refusal(PolicyRule rule, PromptInput input, TechniqueCatalog techniques) =>
        input.Deny.Contains(rule.Technique) ? "You excluded it."
        : input.Allow.Count > 0 && !input.Allow.Contains(rule.Technique) ? "It is not among the techniques that you allowed."
        : techniques.Allows(rule.Technique) ? null : "It is not in the catalogue.";

    static bool Postpones(PolicyRule rule, PromptStyle style) =>
        style == PromptStyle.Concise && rule.Section == "details" && rule.Weight < EssentialDetail;

    static IReadOnlyList<MissingInformation> Missing(TechniquePolicy policy, PolicyFacts facts, PromptReading reading, Gate? gate)
    {
        if (LanguagePack.For(reading.Language) is not { } pack || gate is { AllowsRepairs: false, AsksNothing: true })
            return [];
        // An expert's prompt is asked only about what is broken.
        var slots = policy.File.Slots.Where(s => s.Holds(facts) && (gate is null || gate.AsksAll || s.Intents.Count == 0));
        return [.. slots.OrderByDescending(s => s.Weight).DistinctBy(s => s.Slot).Take(MaxMissing).Select(s => new MissingInformation(s.Slot, pack.Questions[s.Slot], s.Weight))];
    }

    static int Limit(TechniquePolicy policy, PromptStyle style) => policy.File.Limits[Name(style)];

    internal static string Name(PromptStyle style) => style switch
    {
        PromptStyle.Concise => "concise",
        PromptStyle.Standard => "standard",
        PromptStyle.Detailed => "detailed",
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "is no style"),
    };
}
