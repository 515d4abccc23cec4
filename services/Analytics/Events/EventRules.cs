using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;

namespace PromptPlatform.Analytics.Events;

/// <summary>What an event may be.</summary>
internal static partial class EventRules
{
    public const int MaxEvents = 1000;
    public const int MaxName = 100;
    public const int MaxActor = 128;
    public const int MaxProperties = 32;
    public const int MaxKey = 64;
    public const int MaxValue = 200;

    /// <summary>Names of the platform's own events, which nobody else can send.</summary>
    public const string PromptEnhanced = "prompt_enhanced";

    /// <inheritdoc cref="PromptEnhanced"/>
    public const string FeedbackSubmitted = "feedback_submitted";

    /// <summary>How late an event may come.</summary>
    public static readonly TimeSpan MaxLate = TimeSpan.FromDays(35);

    /// <summary>How far ahead of our clock it may be.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>How long an id is remembered: longer than an event may be late, so that no repetition of it counts.</summary>
    public static readonly TimeSpan IdsKept = TimeSpan.FromDays(36);

    public static bool IsName(string name) => name.Length <= MaxName && Name().IsMatch(name);

    public static bool IsKey(string key) => key.Length <= MaxKey && Key().IsMatch(key);

    /// <summary>The moment of a timestamp; null when there is none, or one that is no moment, which gRPC lets through.</summary>
    public static DateTimeOffset? TimeOf(Timestamp? time) =>
        time is { Seconds: >= -62_135_596_800 and <= 253_402_300_799, Nanos: >= 0 and <= 999_999_999 } ? time.ToDateTimeOffset() : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.:/ -]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+\z")]
    private static partial Regex Key();
}
