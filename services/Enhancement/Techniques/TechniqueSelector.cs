using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Chooses techniques by the policy: what holds, less what would do harm, up to what the style allows.</summary>
internal static class TechniqueSelector
{
    const int MaxDeclined = 6;
    const int MaxMissing = 5;

    /// <summary>The plan for a prompt.</summary>
    public static TechniquePlan Select(TechniquePolicy policy, PromptInput input, PromptReading reading, Classification classification, TechniqueCatalog techniques)
    {
        var facts = new PolicyFacts(
            classification.Abstained ? null : classification.Intent, classification.Domain, classification.Complexity, reading.Features,
            reading.Language, input.Target.Family, input.Target.Reasoning, input.Style, input.Goals);
        var declined = new List<(string Technique, string Reason, double Weight)>();
        var gate = Gates.For(reading, input.Style);
        var chosen = Choose(policy, input, reading, facts, gate, techniques, declined);
        var used = chosen.Select(r => r.Technique).ToHashSet(StringComparer.Ordinal);
        if (gate is not null)
            declined.Add((gate.Technique, gate.Reason, 0.5));
        declined.AddRange(policy.File.Declines.Where(d => d.Holds(facts)).Select(d => (d.Technique, policy.ReasonOf(d), d.Weight)));
        return new(
            [.. declined.Where(d => !used.Contains(d.Technique) && techniques.Allows(d.Technique)).OrderByDescending(d => d.Weight).DistinctBy(d => d.Technique).Take(MaxDeclined).Select(d => new DeclinedTechnique(d.Technique, d.Reason))],
            Missing(policy, facts, reading, gate, chosen), policy.Version)
        { Rules = chosen };
    }

    // Strongest first, so that the weaker yields; what requires another is decided once that one is.
    static IReadOnlyList<PolicyRule> Choose(
        TechniquePolicy policy, PromptInput input, PromptReading reading, PolicyFacts facts, Gate? gate, TechniqueCatalog techniques, List<(string, string, double)> declined)
    {
        var lean = TechniqueChoice.IsLean(input);
        var candidates = policy.File.Rules.Where(r => r.Holds(facts)).OrderByDescending(r => r.Weight).ThenBy(r => lean ? r.TokensIn(reading.Language) : 0).ToList();
        var choice = new TechniqueChoice(policy, input, reading.Language, techniques);
        if (facts.Intent is { } intent && input.Learning is { } learning)
        {
            var free = candidates.ToLookup(r => (gate is null || gate.Lets(r)) && !choice.Bars(r));
            candidates = [.. learning.For(input.Prompt, intent, PolicyWords.Of(facts.Family)).Arrange(policy, [.. free[true]], declined), .. free[false]];
        }
        var open = new List<PolicyRule>();
        foreach (var rule in candidates)
        {
            if (gate is not null && !gate.Lets(rule))
                declined.Add((rule.Technique, gate.Reason, rule.Weight));
            else if (choice.Awaited(rule) is not null)
                open.Add(rule);
            else if (choice.Take(rule) is { } refusal)
                declined.Add((rule.Technique, refusal, rule.Weight));
        }
        while (open.Find(r => choice.Awaited(r) is null) is { } ready)
        {
            open.Remove(ready);
            if (choice.Take(ready) is { } refusal)
                declined.Add((ready.Technique, refusal, ready.Weight));
        }
        declined.AddRange(open.Select(r => (r.Technique, $"It builds on {choice.Awaited(r)}, which is not applied here.", r.Weight)));
        if (gate is null)
            choice.SpeakAtLeastOnce(candidates);
        return [.. choice.Rules.OrderByDescending(r => r.Weight)];
    }

    static IReadOnlyList<MissingInformation> Missing(TechniquePolicy policy, PolicyFacts facts, PromptReading reading, Gate? gate, IReadOnlyList<PolicyRule> chosen)
    {
        if (LanguagePack.For(reading.Language) is not { } pack || gate is { AllowsRepairs: false, AsksNothing: true })
            return [];
        // An expert's prompt is asked only about what is broken.
        var slots = policy.File.Slots.Where(s => s.Holds(facts) && (gate is null || gate.AsksAll || s.Intents.Count == 0)
            && (s.Slot != "format" || chosen.All(r => r.Section != "format")));
        return [.. slots.OrderByDescending(s => s.Weight).DistinctBy(s => s.Slot).Take(MaxMissing).Select(s => new MissingInformation(s.Slot, pack.Questions[s.Slot], s.Weight))];
    }
}
