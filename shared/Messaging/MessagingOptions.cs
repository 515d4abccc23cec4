using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Messaging;

/// <summary>What brings events from service to service.</summary>
public enum EventTransport
{
    /// <summary>The broker that <c>ConnectionStrings:rabbitmq</c> names.</summary>
    RabbitMq,

    /// <summary>Whoever runs several services in one process connects them; this one sends nothing by itself.</summary>
    InProcess,
}

/// <summary>Settings, section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>RabbitMq in the fleet, InProcess in standalone.</summary>
    public EventTransport Transport { get; set; } = EventTransport.RabbitMq;

    /// <summary>Messages that the broker hands out before the first is acknowledged.</summary>
    [Range(1, 1000)]
    public ushort Prefetch { get; set; } = 64;

    /// <summary>Messages consumed at the same time.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 16;

    /// <summary>Deliveries of a message before it goes to the error queue.</summary>
    [Range(1, 100)]
    public int DeliveryLimit { get; set; } = 5;
}
