using System.Diagnostics.Metrics;

namespace PromptPlatform.Messaging;

/// <summary>Meter <c>PromptPlatform.Messaging</c>.</summary>
internal static class MessagingMetrics
{
    public const string Meter = "PromptPlatform.Messaging";

    private static readonly Meter s_meter = new(Meter);

    public static readonly Counter<long> Sent = s_meter.CreateCounter<long>("messaging.outbox.sent", "{event}", "Events that left the outbox.");

    public static readonly Counter<long> SendFailures = s_meter.CreateCounter<long>("messaging.outbox.failures", "{event}", "Sends that failed and are repeated.");

    public static readonly Counter<long> Consumed = s_meter.CreateCounter<long>("messaging.inbox.consumed", "{event}", "Events with their effect, by consumer.");

    public static readonly Counter<long> Duplicates = s_meter.CreateCounter<long>("messaging.inbox.duplicates", "{event}", "Events that had arrived before and changed nothing, by consumer.");

    public static readonly Counter<long> Waits = s_meter.CreateCounter<long>("messaging.inbox.waits", "{wait}", "Times that a consumer waited because its database was away, by consumer.");
}
