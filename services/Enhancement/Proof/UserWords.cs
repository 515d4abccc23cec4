using System.Globalization;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Tells whether words are the user's: they stand in the original as whole words, on one line.</summary>
internal static class UserWords
{
    const int MaxLength = 400;
    const int MaxPlaces = 64;

    /// <summary>Whether <paramref name="slot"/> stands in <paramref name="original"/> and cuts no word in two.</summary>
    public static bool Stand(ReadOnlySpan<char> slot, ReadOnlySpan<char> original)
    {
        if (slot.IsEmpty || slot.Length > MaxLength || slot.IndexOf('\n') >= 0 || char.IsWhiteSpace(slot[0]) || char.IsWhiteSpace(slot[^1]))
            return false;
        var from = 0;
        for (var places = 0; places < MaxPlaces; places++)
        {
            var at = original[from..].IndexOf(slot, StringComparison.Ordinal);
            if (at < 0)
                return false;
            at += from;
            if (!Joins(original, at) && !Joins(original, at + slot.Length))
                return true;
            from = at + 1;
        }
        return false;
    }

    // Between two letters of a script that parts words by spaces, or inside a character of several units.
    static bool Joins(ReadOnlySpan<char> text, int at) =>
        at > 0 && at < text.Length && (IsLetter(text[at - 1]) && IsLetter(text[at])
            || char.IsLowSurrogate(text[at]) || CharUnicodeInfo.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);

    static bool IsLetter(char c) => c < '\u2E80' && char.IsLetterOrDigit(c);
}
