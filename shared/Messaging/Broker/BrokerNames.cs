namespace PromptPlatform.Messaging.Broker;

/// <summary>Names on the broker. Exchanges of events carry the wire name of the event (<see cref="EventTypes"/>).</summary>
internal static class BrokerNames
{
    /// <summary>Takes what no queue was bound for; its queue has the same name.</summary>
    public const string Unrouted = "unrouted";

    /// <summary>The queue of a service's consumers.</summary>
    public static string Queue(string service) => service;

    /// <summary>Exchange and queue of what a service could not consume.</summary>
    public static string Error(string service) => service + ".error";
}
