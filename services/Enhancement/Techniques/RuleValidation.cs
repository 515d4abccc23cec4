using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Checks a rule against the packs, its technique and the gates.</summary>
internal static class RuleValidation
{
    // Prompts with one of these are left alone, whatever holds.
    static readonly string[] Gated = ["Greeting", "PlainQuestion", "NoTask"];

    public static void Check(string path, PolicyRule rule, PolicyFile file, PolicyFaults faults)
    {
        var subject = "rule " + PolicyFaults.Shorten(rule.Id);
        ConditionValidation.Check(subject, path, rule, faults);
        ConditionValidation.CheckWeight(subject, path, rule.Weight, faults);
        if (string.IsNullOrWhiteSpace(rule.Reason))
            faults.Add(subject, path + "/reason", "reason is empty; say in one sentence why it is applied.");
        CheckDeed(subject, path, rule, faults);
        CheckTechnique(subject, path, rule, file, faults);
        if (rule.Has.FirstOrDefault(f => Gated.Any(g => FeatureLogic.Implies([f], g))) is { } gated)
            faults.Add(subject, path + "/has", $"{gated} prompts are left alone by the gates; it can never be applied, so take {gated} out.");
        if (!rule.Repairs && rule.Has.Contains("Expert"))
            faults.Add(subject, path + "/has", "expert prompts are only repaired; take Expert out or set repairs.");
        CheckNames(subject, path + "/conflicts", rule, rule.Conflicts, file, faults);
        CheckNames(subject, path + "/requires", rule, rule.Requires, file, faults);
    }

    // What it does, and whether that ever fits.
    static void CheckDeed(string subject, string path, PolicyRule rule, PolicyFaults faults)
    {
        var pack = LanguagePack.For("en")!;
        for (var i = 0; i < rule.Sentences.Count; i++)
            if (!pack.Sentences.ContainsKey(rule.Sentences[i]))
                faults.Add(subject, $"{path}/sentences/{i}", $"sentence {PolicyFaults.Shorten(rule.Sentences[i])} is in no language pack; add it to every file of Composition/Packs.");
        if (rule.Sentences.Count > 0 && !PolicyWords.Sections.Contains(rule.Section))
            faults.Add(subject, path + "/section", $"section {rule.Section ?? "(none)"} is not one of {string.Join(", ", PolicyWords.Sections)}.");
        if (rule.Action is not null && !PolicyWords.Actions.Contains(rule.Action))
            faults.Add(subject, path + "/action", $"action {rule.Action} is not one of {string.Join(", ", PolicyWords.Actions)}.");
        if (rule.Sentences.Count == 0 && rule.Action is null)
            faults.Add(subject, path + "/sentences", "it does nothing; give it sentences or an action.");
    }

    static void CheckTechnique(string subject, string path, PolicyRule rule, PolicyFile file, PolicyFaults faults)
    {
        if (!file.Techniques.TryGetValue(rule.Technique, out var facts))
        {
            faults.Add(subject, path + "/technique", $"technique {PolicyFaults.Shorten(rule.Technique)} is not described; add it to techniques with its evidence.");
            return;
        }
        foreach (var feature in facts.Requires.Where(r => Reading.Feature.Find(r) is not null && !FeatureLogic.Implies(rule.Has, r)))
            faults.Add(subject, path + "/has", $"technique {rule.Technique} requires {feature}, which the rule does not ask for; add {feature} to has.");
        if (facts.Within is { } bound)
            foreach (var (property, cure) in rule.Beyond(bound))
                faults.Add(subject, $"{path}/{property}", $"it holds where {rule.Technique} would do harm by the evidence; {cure}.");
    }

    static void CheckNames(string subject, string path, PolicyRule rule, IReadOnlyList<string> names, PolicyFile file, PolicyFaults faults)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            if (name == rule.Id || name == rule.Technique)
                faults.Add(subject, $"{path}/{i}", $"it names itself by {name}; take that out.");
            else if (Reading.Feature.Find(name) is not null)
                faults.Add(subject, $"{path}/{i}", $"{name} is a feature; put it into has or lacks.");
            else if (!file.Rules.Any(r => r.Id == name || r.Technique == name))
                faults.Add(subject, $"{path}/{i}", $"{name} is neither a rule nor a technique that a rule applies; name one of these.");
            else if (rule.Conflicts.Contains(name) && rule.Requires.Contains(name))
                faults.Add(subject, $"{path}/{i}", $"it both requires {name} and conflicts with it; it can never be applied, so take {name} out of one.");
        }
    }
}
