namespace PromptPlatform.Analytics;

/// <summary>All log messages of analytics. None carries what an event says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Made} days made for events, {Dropped} dropped")]
    public static partial void EventDaysKept(this ILogger logger, int made, int dropped);

    [LoggerMessage(2, LogLevel.Warning, "the days of events were not made or dropped; it is tried again in {Delay}")]
    public static partial void EventDaysNotKept(this ILogger logger, TimeSpan delay, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "the live counters were not read; their streams wait")]
    public static partial void LiveCountersNotRead(this ILogger logger, Exception error);

    [LoggerMessage(20, LogLevel.Warning, "a guardrail stopped arm {Arm} of experiment {ExperimentId}: {Metric}")]
    public static partial void ArmStopped(this ILogger logger, string experimentId, string arm, string metric);

    [LoggerMessage(21, LogLevel.Warning, "the guardrails of experiments were not looked at; it is tried again in {Delay}")]
    public static partial void GuardrailsNotLookedAt(this ILogger logger, TimeSpan delay, Exception error);

    [LoggerMessage(30, LogLevel.Warning, "what all organisations know was not added up; it is tried again in {Delay}")]
    public static partial void CommonNotLearned(this ILogger logger, TimeSpan delay, Exception error);
}
