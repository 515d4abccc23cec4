namespace PromptPlatform.Events;

/// <summary>A prompt was enhanced and stored.</summary>
/// <param name="EnhancementId">The enhancement.</param>
/// <param name="Intent">One of the 16 intents.</param>
/// <param name="Domain">One of the 12 domains.</param>
/// <param name="Complexity">simple, moderate or complex.</param>
/// <param name="Language">Primary language tag.</param>
/// <param name="TargetFamily">gpt, claude, gemini, llama or generic.</param>
/// <param name="Techniques">Ids of the applied techniques.</param>
/// <param name="TokensBefore">Estimated tokens of the prompt.</param>
/// <param name="TokensAfter">Estimated tokens of the enhanced prompt.</param>
/// <param name="ScoreBefore">0 to 100.</param>
/// <param name="ScoreAfter">0 to 100.</param>
/// <param name="Units">Billable units: one per enhancement.</param>
/// <param name="TotalMs">Time to answer in milliseconds.</param>
/// <param name="Degraded">True when the rule-based classifier stood in for the model.</param>
/// <param name="Actor">Who asked, as an opaque id: the key or user; empty when not told.</param>
/// <param name="Words">Words of the prompt; null when not told.</param>
/// <param name="Changed">Whether the enhanced prompt differs from the prompt; null when not told.</param>
/// <param name="Variations">How many variations were given besides; null when not told.</param>
/// <param name="CostUsd">Estimated price of the enhanced prompt as input of its target, US dollars; null when the target has no known price.</param>
/// <param name="ExperimentId">The experiment that chose how it was enhanced; null when none did.</param>
/// <param name="ExperimentArm">The arm of that experiment.</param>
/// <param name="Exposures">Every experiment that it fell under, the first of which is the one above; null when none did.</param>
public sealed record PromptEnhanced(
    Guid EventId, DateTimeOffset At, Guid OrgId, Guid EnhancementId, string Intent, string Domain, string Complexity, string Language, string TargetFamily,
    IReadOnlyList<string> Techniques, int TokensBefore, int TokensAfter, int ScoreBefore, int ScoreAfter, int Units, double TotalMs, bool Degraded,
    string Actor = "", int? Words = null, bool? Changed = null, int? Variations = null, decimal? CostUsd = null, string? ExperimentId = null, string? ExperimentArm = null,
    IReadOnlyList<ExperimentExposure>? Exposures = null) : IActorEvent;
