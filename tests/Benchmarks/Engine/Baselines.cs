using System.Text.RegularExpressions;

namespace PromptPlatform.Benchmarks.Engine;

/// <summary>What the engine is measured beside: nothing but a copy, the static template that other enhancers wrap around every prompt, and a pass of expressions that lints.</summary>
internal static partial class Baselines
{
    /// <summary>The text once more.</summary>
    public static string Copy(string text) => new(text.AsSpan());

    /// <summary>Role, skills, rules: the same around everything.</summary>
    public static string Wrap(string text) =>
        $"# Role\nYou are a world-class expert.\n\n# Skills\n- Deep knowledge of the subject\n- Clear writing\n\n# Task\n{text}\n\n# Rules\n- Be accurate.\n- Be complete.\n- Think step by step.\n\n# Output format\nUse Markdown.";

    /// <summary>How much ten compiled expressions find: about the least that a linter has to look for.</summary>
    public static int Lint(string text)
    {
        var found = 0;
        foreach (var expression in Expressions)
            found += expression.Count(text);
        return found;
    }

    private static readonly Regex[] Expressions = [Url(), Email(), Number(), Identifier(), Placeholder(), Vague(), Negation(), Filler(), Shout(), Repeated()];

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Url();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.]+")]
    private static partial Regex Email();

    [GeneratedRegex(@"\b\d+([.,]\d+)*\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[a-z]+(_[a-z]+)+\b|\b[a-z]+([A-Z][a-z]+)+\b")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\{\{.+?\}\}|\$\{.+?\}|%[sd]\b")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b(some|several|good|nice|better|appropriate|relevant|various|etc)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Vague();

    [GeneratedRegex(@"\b(not|no|never|don't|without|avoid)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    [GeneratedRegex(@"\b(please|kindly|could you|I would like you to)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Filler();

    [GeneratedRegex(@"\b[A-Z]{4,}\b|!{2,}")]
    private static partial Regex Shout();

    [GeneratedRegex(@"\b(\w+) \1\b")]
    private static partial Regex Repeated();
}
