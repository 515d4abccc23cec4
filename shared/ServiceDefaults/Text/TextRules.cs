using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Text;

/// <summary>Checks of text that comes from outside. Lengths are UTF-16 units.</summary>
public static class TextRules
{
    /// <summary>Text of 1 to <paramref name="max"/> units that is not blank, without NUL and lone surrogates.</summary>
    public static void RequireText(string field, string value, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw RequestException.Invalid(field, $"is empty; send 1 to {max} characters");
        CheckText(field, value, max);
    }

    /// <summary>Text of up to <paramref name="max"/> units, without NUL and lone surrogates.</summary>
    public static void CheckText(string field, string value, int max)
    {
        if (value.Length > max)
            throw RequestException.TooLarge(field, $"has {value.Length} characters; the limit is {max}: shorten it");
        if (value.Contains('\0'))
            throw RequestException.Invalid(field, "holds the character NUL (U+0000); remove it");
        if (HasLoneSurrogate(value))
            throw RequestException.Invalid(field, "holds half of a surrogate pair, which is no character; send whole characters");
    }

    /// <summary>One of a fixed set of words; empty stands for <paramref name="fallback"/>.</summary>
    public static string OneOf(string field, string value, string fallback, params ReadOnlySpan<string> allowed)
    {
        if (value.Length == 0)
            return fallback;
        return allowed.Contains(value) ? value : throw RequestException.Invalid(field, $"is not one of {string.Join(", ", allowed.ToArray())}");
    }

    /// <summary>A page size: 0 stands for <paramref name="fallback"/>.</summary>
    public static int PageSize(int limit, int fallback = 20, int max = 100) =>
        limit == 0 ? fallback : limit is > 0 && limit <= max ? limit : throw RequestException.Invalid("limit", $"is {limit}; give 1 to {max}");

    private static bool HasLoneSurrogate(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (!char.IsHighSurrogate(value[i]) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
