using System.Text.RegularExpressions;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>
/// Rules of organisations. Such a rule says sentences of the product's and may hold only where a rule of the product that says them could:
/// taste is free (styles, goals, domains, complexity), what keeps from harm is not.
/// </summary>
internal static partial class OwnRules
{
    const int MaxSentences = 5, MaxReason = 300;

    /// <summary>The rule with its section; faults when it may not stand.</summary>
    public static PolicyRule Settle(string path, PolicyRule rule, PolicyFile product, PolicyFile file, PolicyFaults faults)
    {
        var subject = "rule " + PolicyFaults.Shorten(rule.Id);
        var before = faults.Found.Count;
        if (!Id().IsMatch(rule.Id))
            faults.Add(subject, path + "/id", "the id is not own- and 1 to 60 of a-z, 0-9 and -; name it for example own-tests.");
        if (rule.Reason.Length > MaxReason || rule.Reason.Any(char.IsControl))
            faults.Add(subject, path + "/reason", $"reason has {rule.Reason.Length} characters or control characters among them; give one line of up to {MaxReason}.");
        if (rule.Sentences.Count is 0 or > MaxSentences)
            faults.Add(subject, path + "/sentences", $"it has {rule.Sentences.Count} sentences; give 1 to {MaxSentences}.");
        RuleValidation.Check(path, rule with { Section = "requirements" }, file, faults);
        // A name that does not exist has been told; what follows would only repeat it.
        return faults.Found.Count > before ? rule : Placed(subject, path, rule, product, file, faults);
    }

    static PolicyRule Placed(string subject, string path, PolicyRule rule, PolicyFile product, PolicyFile file, PolicyFaults faults)
    {
        string? section = null;
        for (var i = 0; i < rule.Sentences.Count; i++)
        {
            var models = product.Rules.Where(r => r.Action is null && r.Technique == rule.Technique && r.Sentences.Contains(rule.Sentences[i])).ToList();
            if (models.Count == 0)
            {
                faults.Add(subject, $"{path}/sentences/{i}", $"no rule of the product says {rule.Sentences[i]} for {rule.Technique}; take one of {string.Join(", ", Sayable(rule.Technique, product))}.");
                continue;
            }
            var nearest = models.Select(m => rule.Beyond(Bound(m)).ToList()).MinBy(beyond => beyond.Count)!;
            foreach (var (property, cure) in nearest)
                faults.Add(subject, $"{path}/{property}", $"it holds where the product does not say {rule.Sentences[i]}, because it could do harm; {cure}.");
            if ((section ??= models[0].Section) != models[0].Section)
                faults.Add(subject, $"{path}/sentences/{i}", $"{rule.Sentences[i]} belongs to section {models[0].Section}, the sentences before it to {section}; write two rules.");
        }
        var placed = rule with { Section = section };
        PolicyValidation.CheckSize(path, placed, file, faults);
        return placed;
    }

    static PolicyCondition Bound(PolicyRule model) =>
        new() { Intents = model.Intents, Languages = model.Languages, Families = model.Families, Reasoning = model.Reasoning, Has = model.Has, Lacks = model.Lacks };

    static IEnumerable<string> Sayable(string technique, PolicyFile product) =>
        product.Rules.Where(r => r.Action is null && r.Technique == technique).SelectMany(r => r.Sentences).Distinct().DefaultIfEmpty("none: it only rearranges");

    [GeneratedRegex("^own-[a-z0-9-]{1,60}$")]
    private static partial Regex Id();
}
