namespace PromptPlatform.Analytics.Funnels;

/// <summary>What a funnel asks of the events of one actor.</summary>
/// <param name="Steps">How many steps: 2 to 8.</param>
/// <param name="Order">How they must follow each other.</param>
/// <param name="WindowMicros">Microseconds from the first step to the last, inclusive.</param>
/// <param name="Exclusions">Which steps each exclusion lies between; bit n of <see cref="FunnelEvent.Exclusions"/> is entry n.</param>
internal sealed record FunnelPlan(int Steps, FunnelOrder Order, long WindowMicros, IReadOnlyList<StepRange> Exclusions);

/// <summary>From when step <paramref name="From"/> has happened until step <paramref name="To"/> has; counted from 0.</summary>
internal readonly record struct StepRange(int From, int To);

/// <summary>One event of an actor, reduced to what a funnel needs.</summary>
/// <param name="AtMicros">When it happened, microseconds.</param>
/// <param name="Steps">Bit n: it can be step n. Steps of the same event share all their bits.</param>
/// <param name="Exclusions">Bit n: it is exclusion n.</param>
internal readonly record struct FunnelEvent(long AtMicros, byte Steps, byte Exclusions = 0);
