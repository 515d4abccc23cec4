using System.Buffers.Text;
using System.Text;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Text;

/// <summary>Opaque list cursors: URL-safe base64 of the sort key after which the next page begins.</summary>
public static class Cursor
{
    private const int MaxLength = 1024;

    /// <summary>Makes a cursor.</summary>
    public static string Write(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>Reads a cursor; empty is the first page (null).</summary>
    public static string? Read(string cursor)
    {
        if (cursor.Length == 0)
            return null;
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            throw Wrong();
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }

    /// <summary>Reads a cursor that holds an id.</summary>
    public static Guid? ReadId(string cursor) =>
        Read(cursor) is not { } key ? null : Guid.TryParseExact(key, "N", out var id) ? id : throw Wrong();

    private static RequestException Wrong() => RequestException.Invalid("cursor", "is not a cursor of ours; pass nextCursor of the page before, unchanged");
}
