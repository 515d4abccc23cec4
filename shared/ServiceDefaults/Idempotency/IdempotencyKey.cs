using Grpc.Core;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Idempotency;

/// <summary>The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header).</summary>
internal static class IdempotencyKey
{
    public const string Header = "idempotency-key";
    public const string ReplayedHeader = "idempotent-replayed";
    private const int MaxLength = 255;

    /// <summary>The caller's key; null when it sent none.</summary>
    public static string? Read(ServerCallContext call)
    {
        string? key = null;
        foreach (var entry in call.RequestHeaders)
        {
            if (!entry.IsBinary && entry.Key.Equals(Header, StringComparison.OrdinalIgnoreCase))
                key = key is null ? entry.Value : throw Wrong("is given twice; send it once");
        }
        if (key is null)
            return null;
        if (key.Length == 0)
            throw Wrong("is empty; send 1 to 255 printable ASCII characters, e.g. a UUID, or leave the header out");
        if (key.Length > MaxLength || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw Wrong("is not 1 to 255 printable ASCII characters without spaces; a UUID is a good key");
        return key;
    }

    private static RequestException Wrong(string problem) => RequestException.Invalid("Idempotency-Key", problem);
}
