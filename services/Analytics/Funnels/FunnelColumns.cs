namespace PromptPlatform.Analytics.Funnels;

/// <summary>Events in columns.</summary>
/// <param name="Actors">Whose they are.</param>
/// <param name="Micros">When they happened, microseconds.</param>
/// <param name="Arrivals">The order in which they came, times <see cref="Numbers"/>, plus the number of their name: its place in <see cref="FunnelQuestion.Names"/> from 1; 0 is any other.</param>
/// <param name="Values">What they say of the property of the breakdown; none without one.</param>
internal sealed record FunnelColumns(Guid[] Actors, long[] Micros, long[] Arrivals, IReadOnlyList<string?> Values)
{
    /// <summary>More than a funnel has names: 8 steps, 8 exclusions, and any other.</summary>
    public const int Numbers = 32;
}
