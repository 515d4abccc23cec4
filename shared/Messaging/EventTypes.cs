using System.Text.Json;
using MassTransit;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Broker;

namespace PromptPlatform.Messaging;

/// <summary>
/// The wire names of events, with their version. A name never changes its meaning. Fields may be added, with a meaning for their
/// absence: readers skip what they do not know and take the default for what is missing. A new shape gets a new version beside the old.
/// </summary>
public static class EventTypes
{
    private static readonly EventKind[] s_kinds =
    [
        new EventKind<PromptEnhanced>("prompt_enhanced.v1"),
        new EventKind<FeedbackSubmitted>("feedback_submitted.v1"),
        new EventKind<AccountExportRequested>("account_export_requested.v1"),
        new EventKind<AccountErased>("account_erased.v1"),
        new EventKind<PersonalDataHandled>("personal_data_handled.v1"),
    ];

    private static readonly Dictionary<Type, EventKind> s_byType = s_kinds.ToDictionary(kind => kind.Type);

    private static readonly Dictionary<string, EventKind> s_byName = s_kinds.ToDictionary(kind => kind.Name);

    /// <summary>All that this version knows.</summary>
    internal static IReadOnlyList<EventKind> Kinds => s_kinds;

    /// <summary>The wire name of an event type.</summary>
    public static string NameOf(Type type) => s_byType[type].Name;

    /// <summary>The event as JSON.</summary>
    public static string Write(IPlatformEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), JsonSerializerOptions.Web);

    /// <summary>Reads an event; null when this version of the software does not know its type.</summary>
    public static IPlatformEvent? Read(string name, string payload) =>
        s_byName.TryGetValue(name, out var kind) ? (IPlatformEvent?)JsonSerializer.Deserialize(payload, kind.Type, JsonSerializerOptions.Web) : null;
}

/// <summary>A kind of event and its name on the wire.</summary>
internal abstract record EventKind(string Name, Type Type)
{
    /// <summary>Gives it an exchange.</summary>
    public abstract void Configure(IRabbitMqBusFactoryConfigurator bus);
}

internal sealed record EventKind<TEvent>(string Name) : EventKind(Name, typeof(TEvent))
    where TEvent : class, IPlatformEvent
{
    public override void Configure(IRabbitMqBusFactoryConfigurator bus) => BrokerBus.ConfigureKind<TEvent>(bus, Name);
}
