namespace PromptPlatform.Analytics.Funnels;

/// <summary>Tells actors apart by a property of one event of their counted attempt.</summary>
/// <param name="Key">The property.</param>
/// <param name="Step">Whose event, counted from 0.</param>
internal sealed record FunnelBreakdown(string Key, int Step)
{
    /// <summary>The value of an attempt; empty when it did not reach the step or the event has none.</summary>
    public string ValueOf(FunnelAttempt attempt, IReadOnlyList<string?> values) => Step < attempt.Reached ? values[attempt.Events[Step]] ?? "" : "";
}
