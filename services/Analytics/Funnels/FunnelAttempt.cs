namespace PromptPlatform.Analytics.Funnels;

/// <summary>An actor's counted attempt: the indexes of the events that were its steps, in the order in which they happened.</summary>
internal sealed record FunnelAttempt(IReadOnlyList<int> Events)
{
    /// <summary>How many steps it reached.</summary>
    public int Reached => Events.Count;
}
