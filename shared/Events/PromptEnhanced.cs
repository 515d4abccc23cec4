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
public sealed record PromptEnhanced(
    Guid EventId, DateTimeOffset At, Guid OrgId, Guid EnhancementId, string Intent, string Domain, string Complexity, string Language, string TargetFamily,
    IReadOnlyList<string> Techniques, int TokensBefore, int TokensAfter, int ScoreBefore, int ScoreAfter, int Units, double TotalMs, bool Degraded) : IPlatformEvent;
