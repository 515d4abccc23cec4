using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Auth.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using Message = PromptPlatform.Contracts.Auth.V1.ApiKey;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>API keys between contract and code.</summary>
internal static class ApiKeyMapping
{
    public static Message ToMessage(this ApiKey key) => new()
    {
        Id = key.PublicKeyId,
        Name = key.Name,
        Prefix = key.Prefix,
        LastFour = key.LastFour,
        Scopes = { key.Scopes },
        CreatedAt = key.CreatedAt.ToTimestamp(),
        ExpiresAt = key.ExpiresAt?.ToTimestamp(),
        RevokedAt = key.RevokedAt?.ToTimestamp(),
        LastUsedAt = key.LastUsedAt?.ToTimestamp(),
    };

    /// <summary>A time that a caller sent; null when it sent none.</summary>
    public static DateTimeOffset? ReadTime(string field, Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset().ToStored();
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Invalid(field, "is not a time between the years 1 and 9999");
        }
    }
}
