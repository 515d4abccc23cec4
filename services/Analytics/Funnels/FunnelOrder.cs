namespace PromptPlatform.Analytics.Funnels;

/// <summary>How the steps of a funnel must follow each other.</summary>
internal enum FunnelOrder
{
    /// <summary>In order; other events may lie between.</summary>
    Ordered,

    /// <summary>In order, and no other event of the actor between.</summary>
    Strict,

    /// <summary>In any order; an attempt may start with any step.</summary>
    Unordered,
}
