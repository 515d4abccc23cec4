using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Text;

/// <summary>Ids as the public API shows them: a prefix and 32 hexadecimal digits, e.g. <c>enh_018f…</c>.</summary>
public static class PublicId
{
    /// <summary>Writes an id.</summary>
    public static string Format(string prefix, Guid id) => $"{prefix}_{id:N}";

    /// <summary>Reads an id; anything else is not found, since no thing can have it.</summary>
    public static Guid Parse(string prefix, string noun, string text) =>
        TryParse(prefix, text, out var id) ? id : throw RequestException.NotFound(noun, Shorten(text));

    /// <summary>Reads an id.</summary>
    public static bool TryParse(string prefix, string? text, out Guid id)
    {
        id = default;
        return text is not null
            && text.Length == prefix.Length + 33
            && text.StartsWith(prefix, StringComparison.Ordinal)
            && text[prefix.Length] == '_'
            && Guid.TryParseExact(text.AsSpan(prefix.Length + 1), "N", out id);
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
