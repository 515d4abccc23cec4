namespace PromptPlatform.Enhancement.Reading;

/// <summary>What kind of task a prompt is, by the model or, without it, by rules.</summary>
/// <param name="Intent">One of the 16 intents.</param>
/// <param name="IntentConfidence">0 to 1.</param>
/// <param name="Alternatives">Next likely intents, best first.</param>
/// <param name="Domain">One of the 12 domains.</param>
/// <param name="DomainConfidence">0 to 1.</param>
/// <param name="Complexity">simple, moderate or complex.</param>
/// <param name="Abstained">Whether the classifier was not sure; nothing may be chosen on its word alone.</param>
/// <param name="Truncated">Whether only the beginning was classified.</param>
/// <param name="ModelVersion">Version of the model, null when rules decided.</param>
public sealed record Classification(
    string Intent, double IntentConfidence, IReadOnlyList<(string Label, double Probability)> Alternatives,
    string Domain, double DomainConfidence, string Complexity, bool Abstained, bool Truncated, string? ModelVersion);
