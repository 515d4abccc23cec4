using System.Buffers;
using System.Globalization;
using System.Text;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Names and encodings of the headers that carry gRPC over HTTP/2.</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string AcceptEncoding = "identity,gzip";
    public const string StatusDetails = "grpc-status-details-bin";

    private static readonly SearchValues<char> Unescaped = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character != '%')]);

    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+');

    /// <summary>Headers of the protocol itself, which are no metadata of the caller.</summary>
    public static bool IsReserved(string name) => name.StartsWith(':')
        || (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) && !IsForUsers(name))
        || Is(name, "te") || Is(name, "content-type") || Is(name, "content-length") || Is(name, "host");

    /// <summary>Adds a header that came from the wire; several -bin values may be joined by commas. What cannot be decoded throws <paramref name="fault"/>.</summary>
    public static void AddTo(Metadata metadata, string name, string value, StatusCode fault)
    {
        // CA1308: metadata keys are lower case on the wire.
#pragma warning disable CA1308
        string key = name.ToLowerInvariant();
#pragma warning restore CA1308
        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            metadata.Add(new Metadata.Entry(key, value, null));
            return;
        }

        foreach (string part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            metadata.Add(new Metadata.Entry(key, null, FromBase64(key, part, fault)));
        }
    }

    /// <summary>Percent-encodes a status text; letters beyond ASCII go as UTF-8.</summary>
    public static string EncodeMessage(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unescaped) && !text.StartsWith(' ') && !text.EndsWith(' '))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            bool edge = unit == ' ' && (encoded.Length == 0 || text.EndsWith(' '));
            if (Unescaped.Contains((char)unit) && !edge)
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    public static string DecodeMessage(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;

    private static bool IsForUsers(string name) =>
        Is(name, StatusDetails) || Is(name, "grpc-previous-rpc-attempts") || Is(name, "grpc-retry-pushback-ms");

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static byte[] FromBase64(string key, string text, StatusCode fault)
    {
        try
        {
            return Convert.FromBase64String((text.Length & 3) switch { 2 => text + "==", 3 => text + "=", _ => text });
        }
        catch (FormatException e)
        {
            throw RpcErrors.Of(fault, $"Metadata '{key}' is not base64.", e);
        }
    }
}
