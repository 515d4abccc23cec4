using System.Text.RegularExpressions;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>
/// Rules of organisations. Such a rule says sentences of the product's and may hold only where a rule of the product that says them could:
/// taste is free (styles, goals, domains, complexity), intents, languages, families and reasoning may only be narrower, and the features
/// that the product's rule asks for come with the sentence, also those of a later version.
/// </summary>
internal static partial class OwnRules
{
    const int MaxSentences = 5, MaxReason = 300;

    /// <summary>The rule with its section and the features that come with its sentences; faults when it may not stand.</summary>
    public static PolicyRule Settle(string path, PolicyRule rule, PolicyFile product, PolicyFile file, PolicyFaults faults)
    {
        // 1 its own words  2 the product's rules that say its sentences  3 names and sense  4 bounds
        var subject = "rule " + PolicyFaults.Shorten(rule.Id);
        var before = faults.Found.Count;
        if (!Id().IsMatch(rule.Id)) // 1
            faults.Add(subject, path + "/id", "the id is not own- and 1 to 60 of a-z, 0-9 and -; name it for example own-tests.");
        if (rule.Reason.Length > MaxReason || rule.Reason.Any(char.IsControl))
            faults.Add(subject, path + "/reason", $"reason has {rule.Reason.Length} characters or control characters among them; give one line of up to {MaxReason}.");
        if (rule.Sentences.Count is 0 or > MaxSentences)
            faults.Add(subject, path + "/sentences", $"it has {rule.Sentences.Count} sentences; give 1 to {MaxSentences}.");
        var models = rule.Sentences.Select(s => Model(rule, s, product)).ToList(); // 2
        var settled = rule with
        {
            Section = models.Find(m => m is not null)?.Section ?? "requirements",
            Has = [.. rule.Has.Union(models.SelectMany(m => m?.Has ?? []))],
            Lacks = [.. rule.Lacks.Union(models.SelectMany(m => m?.Lacks ?? []))],
        };
        RuleValidation.Check(path, settled, file, faults); // 3
        // A name that does not exist has been told; what follows would only repeat it.
        if (faults.Found.Count == before)
            CheckBounds(subject, path, settled, models, product, faults); // 4
        if (faults.Found.Count == before)
            PolicyValidation.CheckSize(path, settled, file, faults);
        return settled;
    }

    // Of several rules that say a sentence the one that leaves most room for this one.
    static PolicyRule? Model(PolicyRule rule, string sentence, PolicyFile product) =>
        product.Rules.Where(r => r.Action is null && r.Technique == rule.Technique && r.Sentences.Contains(sentence)).MinBy(m => rule.Beyond(Bound(m)).Count());

    static void CheckBounds(string subject, string path, PolicyRule rule, List<PolicyRule?> models, PolicyFile product, PolicyFaults faults)
    {
        for (var i = 0; i < models.Count; i++)
        {
            if (models[i] is not { } model)
            {
                faults.Add(subject, $"{path}/sentences/{i}", $"no rule of the product says {rule.Sentences[i]} for {rule.Technique}; take one of {string.Join(", ", Sayable(rule.Technique, product))}.");
                continue;
            }
            foreach (var (property, cure) in rule.Beyond(Bound(model)))
                faults.Add(subject, $"{path}/{property}", $"it holds where the product does not say {rule.Sentences[i]}, because it could do harm; {cure}.");
            if (model.Section != rule.Section)
                faults.Add(subject, $"{path}/sentences/{i}", $"{rule.Sentences[i]} belongs to section {model.Section}, the sentences before it to {rule.Section}; write two rules.");
        }
    }

    static PolicyCondition Bound(PolicyRule model) =>
        new() { Intents = model.Intents, Languages = model.Languages, Families = model.Families, Reasoning = model.Reasoning };

    static IEnumerable<string> Sayable(string technique, PolicyFile product) =>
        product.Rules.Where(r => r.Action is null && r.Technique == technique).SelectMany(r => r.Sentences).Distinct().DefaultIfEmpty("none: it only rearranges");

    [GeneratedRegex("^own-[a-z0-9-]{1,60}$")]
    private static partial Regex Id();
}
