using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>A weakness of the prompt that the user can see and act on.</summary>
/// <param name="Rule">Stable id of the rule; README.md lists them.</param>
/// <param name="Severity">info, warning or error.</param>
/// <param name="Span">Where it stands in the original.</param>
/// <param name="Message">What is wrong and why it matters.</param>
/// <param name="Fix">What to do, or null when the message says it all.</param>
/// <param name="Edit">The change that mends it, or null when only the user can write it.</param>
public sealed record LintFinding(string Rule, string Severity, TextSpan Span, string Message, string? Fix, LintEdit? Edit = null);

/// <summary>A change of the original that the user may accept.</summary>
/// <param name="Span">What is replaced; empty where something is put in.</param>
/// <param name="Replacement">What takes its place; empty where something is taken out.</param>
public sealed record LintEdit(TextSpan Span, string Replacement)
{
    /// <summary><paramref name="text"/> with the change.</summary>
    public string ApplyTo(string text) => string.Concat(text.AsSpan(0, Span.Start), Replacement, text.AsSpan(Span.End));
}
