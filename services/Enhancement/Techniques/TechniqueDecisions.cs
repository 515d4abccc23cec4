using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Where the evidence for a technique stands.</summary>
/// <param name="Paper">Title.</param>
/// <param name="Arxiv">arXiv id, or null.</param>
/// <param name="Figure">A figure seen at the source, or null.</param>
public sealed record TechniqueEvidence(string Paper, string? Arxiv, string? Figure);

/// <summary>A technique that shaped the enhanced prompt.</summary>
/// <param name="TechniqueId">Id in the catalogue.</param>
/// <param name="Reason">Why it was applied to this prompt.</param>
/// <param name="Evidence">Where the evidence stands, or null when the catalogue is not there yet.</param>
/// <param name="Spans">What it brought, in the enhanced text; empty when it only moved text.</param>
/// <param name="Score">Weight of the rule that chose it, 0 to 1.</param>
public sealed record AppliedTechnique(string TechniqueId, string Reason, TechniqueEvidence? Evidence, IReadOnlyList<TextSpan> Spans, double Score);

/// <summary>A likely technique that was decided against.</summary>
/// <param name="TechniqueId">Id in the catalogue.</param>
/// <param name="Reason">Why not, for this prompt and target.</param>
public sealed record DeclinedTechnique(string TechniqueId, string Reason);
