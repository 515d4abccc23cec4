using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Gathers every fault of a policy and says how to cure it.</summary>
internal static class PolicyValidation
{
    /// <exception cref="InvalidDataException">Names all faults.</exception>
    public static void Check(PolicyFile file)
    {
        var faults = new PolicyFaults();
        CheckLimits("limits", PolicyWords.Limits, file.Limits, "lines", faults);
        CheckLimits("budgets", PolicyWords.Budgets, file.Budgets, "tokens", faults);
        foreach (var duplicate in file.Rules.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            faults.Add("rule " + duplicate.Key, "/rules", $"the id stands {duplicate.Count()} times; rename all but one.");
        TechniqueValidation.Check(file, faults);
        for (var i = 0; i < file.Rules.Count; i++)
            RuleValidation.Check($"/rules/{i}", file.Rules[i], file, faults);
        for (var i = 0; i < file.Declines.Count; i++)
            CheckDecline($"/declines/{i}", file.Declines[i], file, faults);
        for (var i = 0; i < file.Slots.Count; i++)
            CheckSlot($"/slots/{i}", file.Slots[i], faults);
        faults.ThrowIfAny();
        // Sizes can be told only of a policy whose names all exist.
        foreach (var (rule, i) in file.Rules.Select((r, i) => (r, i)))
            CheckSize($"/rules/{i}", rule, file, faults);
        faults.ThrowIfAny();
    }

    /// <summary>Whether at least one style has room for the rule.</summary>
    public static void CheckSize(string path, PolicyRule rule, PolicyFile file, PolicyFaults faults)
    {
        var costliest = Lexicons.Written.Max(rule.TokensIn);
        var styles = rule.Styles.Count > 0 ? rule.Styles : PolicyWords.Styles;
        if (!styles.Any(s => rule.Sentences.Count <= file.Limits[s] && costliest <= file.Budgets[s]))
            faults.Add("rule " + rule.Id, path + "/sentences", $"its {rule.Sentences.Count} lines of up to {costliest} tokens fit no style that it names; take sentences out or raise the limit.");
    }

    static void CheckLimits(string name, string[] known, IReadOnlyDictionary<string, int> limits, string unit, PolicyFaults faults)
    {
        foreach (var missing in known.Except(limits.Keys))
            faults.Add(name, $"/{name}/{missing}", $"{missing} is missing; give the most {unit} that may be added.");
        foreach (var (key, most) in limits)
        {
            if (!known.Contains(key))
                faults.Add(name, $"/{name}/{key}", $"{key} is none of {string.Join(", ", known)}; take it out.");
            if (most < 0)
                faults.Add(name, $"/{name}/{key}", $"{key} is {most}; give 0 or more {unit}.");
        }
    }

    static void CheckDecline(string path, DeclineRule decline, PolicyFile file, PolicyFaults faults)
    {
        var subject = "decline of " + decline.Technique;
        ConditionValidation.Check(subject, path, decline, faults);
        ConditionValidation.CheckWeight(subject, path, decline.Weight, faults);
        if (!file.Techniques.ContainsKey(decline.Technique))
            faults.Add(subject, path + "/technique", "the technique is not described; add it to techniques with its evidence.");
        if (decline.Reason is null ? file.Techniques.TryGetValue(decline.Technique, out var facts) && facts is { Declined: null, Needs.Count: 0 } : string.IsNullOrWhiteSpace(decline.Reason))
            faults.Add(subject, path + "/reason", "reason is empty; say in one sentence why it is not applied.");
    }

    static void CheckSlot(string path, SlotRule slot, PolicyFaults faults)
    {
        var subject = "slot " + slot.Slot;
        ConditionValidation.Check(subject, path, slot, faults);
        ConditionValidation.CheckWeight(subject, path, slot.Weight, faults);
        if (!LanguagePack.For("en")!.Questions.ContainsKey(slot.Slot))
            faults.Add(subject, path + "/slot", "it has no question; add one to every file of Composition/Packs.");
    }
}
