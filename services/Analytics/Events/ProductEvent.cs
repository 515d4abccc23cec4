using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PromptPlatform.Analytics.Events;

/// <summary>Something that happened.</summary>
/// <param name="Id">Unique within the organisation.</param>
/// <param name="Name">What happened.</param>
/// <param name="Actor">Who did it; null when nobody is known.</param>
/// <param name="At">When, by our clock.</param>
/// <param name="Properties">JSON object of short strings.</param>
/// <param name="Fingerprint">Equal for equal content, by which a repetition is told from another event with the same id.</param>
internal sealed record ProductEvent(Guid Id, string Name, string? Actor, DateTimeOffset At, string Properties, long Fingerprint)
{
    /// <summary>An event of these properties; the sender's own time goes into the fingerprint, since the corrected one differs each time it is sent.</summary>
    public static ProductEvent Of(Guid id, string name, string? actor, DateTimeOffset at, DateTimeOffset sentTime, IEnumerable<KeyValuePair<string, string>> properties)
    {
        string json = JsonSerializer.Serialize(new SortedDictionary<string, string>(properties.ToDictionary(), StringComparer.Ordinal));
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{actor}\n{sentTime.UtcTicks}\n{json}"));
        return new ProductEvent(id, name, actor, at, json, BinaryPrimitives.ReadInt64LittleEndian(hash));
    }
}
