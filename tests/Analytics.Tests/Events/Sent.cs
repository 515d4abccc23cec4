using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Events;

/// <summary>Events as products send them.</summary>
internal static class Sent
{
    public static EventInput Event(string name = "signup", string actor = "user-1", string at = "2026-03-10T10:00:00Z", Guid? id = null, params (string Key, string Value)[] properties)
    {
        var input = new EventInput { Id = (id ?? Guid.NewGuid()).ToString(), Name = name, Actor = actor, At = Time(at) };
        foreach (var (key, value) in properties)
            input.Properties.Add(key, value);
        return input;
    }

    public static Timestamp Time(string at) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
}
