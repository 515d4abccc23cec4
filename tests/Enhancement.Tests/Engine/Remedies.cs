using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What counts as the right answer to a lack: a technique applied, a question asked or a weakness named.</summary>
internal static class Remedies
{
    static readonly Dictionary<string, string[]> Accepted = new(StringComparer.Ordinal)
    {
        ["format"] = ["output-format-prose", "output-schema", "reason-before-answer"],
        ["audience"] = ["audience-persona", "?audience", "?recipient"],
        ["recipient"] = ["?recipient", "?audience", "audience-persona"],
        ["criteria"] = ["success-criteria", "?criteria", "rubric-in-prompt", "?limits"],
        ["input"] = ["template-variables", "?input", "?code", "!missing-input", "!attachment", "!unread-link"],
        ["delimiter"] = ["xml-delimiters"],
        ["order"] = ["data-first-query-last", "instruction-sandwich"],
        ["target_language"] = ["?target_language", "!language-not-named"],
        ["labels"] = ["?labels", "!classes-not-named"],
        ["length"] = ["length-budget", "?length"],
        ["tone"] = ["style-constraints", "?tone"],
        ["contradiction"] = ["contradiction-removal", "!contradiction-length", "!contradiction-tone", "!contradiction-count", "!contradiction-limits", "!format-conflict"],
        ["steps"] = ["zero-shot-cot", "chain-of-draft", "plan-and-solve", "least-to-most"],
        ["error"] = ["?error"],
        ["code_language"] = ["?code_language"],
        ["time"] = ["?time"],
        ["budget"] = ["?budget", "?limits"],
        ["count"] = ["?count", "!vague-quantity"],
        ["uncertainty"] = ["abstain-policy", "self-calibration"],
        ["injection"] = ["spotlighting", "sandwich-defense", "instruction-hierarchy-clause"],
        ["fields"] = ["?fields", "!json-without-fields"],
        ["facts"] = ["template-variables"],
        ["task"] = ["?task", "!no-task"],
        ["examples"] = ["few-shot", "few-shot-cot"],
    };

    /// <summary>Whether <paramref name="outcome"/> answers <paramref name="lack"/>.</summary>
    public static bool Answers(string lack, EnhancementOutcome outcome)
    {
        var given = outcome.Applied.Select(a => a.TechniqueId)
            .Concat(outcome.Analysis.Missing.Select(m => "?" + m.Slot))
            .Concat(outcome.Analysis.Lint.Select(l => "!" + l.Rule)).ToHashSet(StringComparer.Ordinal);
        return Accepted[lack].Any(given.Contains);
    }
}
