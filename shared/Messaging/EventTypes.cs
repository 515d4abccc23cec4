using System.Text.Json;
using PromptPlatform.Events;

namespace PromptPlatform.Messaging;

/// <summary>The wire names of events, with their version. A name never changes its meaning; a new shape gets a new version.</summary>
public static class EventTypes
{
    private static readonly Dictionary<Type, string> s_names = new()
    {
        [typeof(PromptEnhanced)] = "prompt_enhanced.v1",
        [typeof(FeedbackSubmitted)] = "feedback_submitted.v1",
    };

    private static readonly Dictionary<string, Type> s_types = s_names.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>The wire name of an event type.</summary>
    public static string NameOf(Type type) => s_names[type];

    /// <summary>The event as JSON.</summary>
    public static string Write(IPlatformEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), JsonSerializerOptions.Web);

    /// <summary>Reads an event; null when this version of the software does not know its type.</summary>
    public static IPlatformEvent? Read(string name, string payload) =>
        s_types.TryGetValue(name, out var type) ? (IPlatformEvent?)JsonSerializer.Deserialize(payload, type, JsonSerializerOptions.Web) : null;
}
