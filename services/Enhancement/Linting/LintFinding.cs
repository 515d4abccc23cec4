using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>A weakness of the prompt that the user can see and act on.</summary>
/// <param name="Rule">Stable id of the rule.</param>
/// <param name="Severity">info, warning or error.</param>
/// <param name="Span">Where it stands in the original.</param>
/// <param name="Message">What is wrong and why it matters.</param>
/// <param name="Fix">What to do, or null when the message says it all.</param>
public sealed record LintFinding(string Rule, string Severity, TextSpan Span, string Message, string? Fix);
