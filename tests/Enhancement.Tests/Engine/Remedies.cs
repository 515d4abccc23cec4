using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What counts as the right answer to a lack: a technique applied, a question asked or a weakness named.</summary>
internal static class Remedies
{
    static readonly Dictionary<string, string[]> Accepted = new(StringComparer.Ordinal)
    {
        ["format"] = ["output-format-prose", "output-schema", "reason-before-answer", "?format"],
        ["audience"] = ["audience-persona", "?audience", "?recipient"],
        ["recipient"] = ["?recipient", "?audience", "audience-persona"],
        ["criteria"] = ["success-criteria", "?criteria", "rubric-in-prompt", "?limits"],
        ["input"] = ["template-variables", "?input", "?code", "!missing-input", "!attachment", "!unread-link"],
        ["delimiter"] = ["xml-delimiters", "!undelimited-material"],
        ["order"] = ["data-first-query-last", "instruction-sandwich", "!question-before-long-text"],
        ["target_language"] = ["?target_language", "!language-not-named"],
        ["labels"] = ["?labels", "!classes-not-named"],
        ["length"] = ["length-budget", "?length"],
        ["tone"] = ["style-constraints", "?tone"],
        ["contradiction"] = ["contradiction-removal", "!contradiction-length", "!contradiction-tone", "!contradiction-count", "!contradiction-limits", "!contradiction-address", "!contradiction-libraries", "!contradiction-terms", "!contradiction-working", "!contradiction-wish", "!format-conflict"],
        ["steps"] = ["zero-shot-cot", "chain-of-draft", "plan-and-solve", "least-to-most"],
        ["error"] = ["?error"],
        ["code_language"] = ["?code_language"],
        ["time"] = ["?time"],
        ["budget"] = ["?budget", "?limits"],
        ["count"] = ["?count", "!vague-quantity"],
        ["uncertainty"] = ["abstain-policy", "self-calibration"],
        ["injection"] = ["spotlighting", "sandwich-defense", "instruction-hierarchy-clause"],
        ["fields"] = ["?fields", "!json-without-fields"],
        ["facts"] = ["template-variables", "?facts"],
        ["language"] = ["?target_language", "!language-not-named", "answer-language-lock", "?code_language"],
        ["version"] = ["?code_language", "specificity-expansion"],
        ["filler"] = ["!filler", "!politeness-padding", "!shouting", "!exclamation", "!emotional-stakes"],
        ["vague"] = ["!vague-wording", "!vague-quantity"],
        ["multiple"] = ["!several-tasks", "output-format-prose"],
        ["task"] = ["?task", "!no-task"],
        ["examples"] = ["few-shot", "few-shot-cot", "?examples", "!undelimited-examples"],
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
