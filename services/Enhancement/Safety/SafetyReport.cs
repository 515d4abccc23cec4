using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Safety;

/// <summary>Something in the prompt that should perhaps not travel to a model.</summary>
/// <param name="Category">E.g. pii.email or secret.aws_access_key.</param>
/// <param name="Span">Where it stands in the original.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record SafetyFinding(string Category, TextSpan Span, double Confidence);

/// <summary>What the safety scan saw.</summary>
/// <param name="Score">0 (nothing found) to 1.</param>
/// <param name="Action">allow or flag.</param>
/// <param name="Checked">Groups that were looked for.</param>
/// <param name="Findings">Up to 100, by position.</param>
public sealed record SafetyReport(double Score, string Action, IReadOnlyList<string> Checked, IReadOnlyList<SafetyFinding> Findings);
