using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Gathers every fault of a policy and says how to cure it.</summary>
internal static class PolicyValidation
{
    static readonly string[] Sections = ["details", "requirements", "format", "input", "end"];
    static readonly string[] Actions = ["add-input", "name-clash", "wrap-material", "material-first", "repeat-task", "name-language"];
    static readonly string[] Limits = ["concise", "standard", "detailed", "reasoning"];

    internal static readonly string[] Intents =
    [
        "code_generation", "code_debugging", "math_reasoning", "reasoning_analysis", "factual_qa", "explanation", "summarization", "translation",
        "rewriting", "creative_writing", "professional_writing", "brainstorming", "classification", "information_extraction", "planning_advice", "roleplay_chat",
    ];

    internal static readonly string[] Domains =
    [
        "software", "data_ml", "business", "marketing", "legal", "medical_health", "education", "science_math", "creative_arts", "personal_lifestyle", "finance", "general",
    ];

    static readonly string[] Goals = ["accuracy", "brevity", "creativity", "cost", "safety"];

    /// <exception cref="InvalidDataException">Names all faults.</exception>
    public static void Check(PolicyFile file)
    {
        var faults = new List<string>();
        var pack = LanguagePack.For("en")!;
        foreach (var name in Limits.Where(n => !file.Limits.ContainsKey(n)))
            faults.Add($"limits: {name} is missing; give the most lines that may be added.");
        foreach (var duplicate in file.Rules.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            faults.Add($"rule {duplicate.Key}: the id stands {duplicate.Count()} times; rename all but one.");
        foreach (var rule in file.Rules)
        {
            CheckCondition($"rule {rule.Id}", rule, rule.Weight, faults);
            foreach (var key in rule.Sentences.Where(k => !pack.Sentences.ContainsKey(k)))
                faults.Add($"rule {rule.Id}: sentence {key} is in no language pack; add it to every file of Composition/Packs.");
            if (rule.Sentences.Count > 0 && !Sections.Contains(rule.Section))
                faults.Add($"rule {rule.Id}: section {rule.Section ?? "(none)"} is not one of {string.Join(", ", Sections)}.");
            if (rule.Action is not null && !Actions.Contains(rule.Action))
                faults.Add($"rule {rule.Id}: action {rule.Action} is not one of {string.Join(", ", Actions)}.");
            if (rule.Sentences.Count == 0 && rule.Action is null)
                faults.Add($"rule {rule.Id}: it does nothing; give it sentences or an action.");
        }
        foreach (var decline in file.Declines)
            CheckCondition($"decline of {decline.Technique}", decline, decline.Weight, faults);
        foreach (var slot in file.Slots)
        {
            CheckCondition($"slot {slot.Slot}", slot, slot.Weight, faults);
            if (!pack.Questions.ContainsKey(slot.Slot))
                faults.Add($"slot {slot.Slot}: it has no question; add one to every file of Composition/Packs.");
        }
        if (faults.Count > 0)
            throw new InvalidDataException("The policy has faults:\n" + string.Join('\n', faults));
    }

    static void CheckCondition(string subject, PolicyCondition condition, double weight, List<string> faults)
    {
        if (weight is not (> 0 and <= 1))
            faults.Add($"{subject}: weight {weight} is not between 0 and 1.");
        Unknown("intent", condition.Intents, Intents);
        Unknown("domain", condition.Domains, Domains);
        Unknown("complexity", condition.Complexity, ["simple", "moderate", "complex"]);
        Unknown("goal", [.. condition.Goals, .. condition.NotGoals], Goals);
        Unknown("language", condition.Languages, Reading.Lexicons.Written);
        foreach (var both in condition.Has.Intersect(condition.Lacks))
            faults.Add($"{subject}: {both} is both wanted and unwanted; it can never hold.");

        void Unknown(string what, IReadOnlyList<string> given, IReadOnlyList<string> known)
        {
            foreach (var name in given.Where(n => !known.Contains(n)))
                faults.Add($"{subject}: {what} {name} does not exist; take one of {string.Join(", ", known)}.");
        }
    }
}
