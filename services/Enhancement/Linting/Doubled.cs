using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Finds a word that stands twice in a row.</summary>
internal static class Doubled
{
    // Doublings that are good grammar: "that that", "nous nous", "die die", "sehr, sehr" without its comma.
    static readonly HashSet<string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        "that", "had", "very", "no", "so", "bye", "ha", "nous", "vous", "die", "der", "das", "den", "sie", "dass", "sehr", "muy", "più", "molto", "via", "poco", "piano", "beaucoup", "muito", "is", "do",
    };

    /// <summary>Each second one, with the space before it.</summary>
    public static IEnumerable<TextSpan> In(string text, TextSpan range)
    {
        var previous = default(TextSpan);
        for (var i = range.Start; i < range.End; i++)
        {
            if (!char.IsLetter(text[i]) || text[i] > '\u2E80')
                continue;
            var end = i;
            while (end < range.End && (char.IsLetterOrDigit(text[end]) || text[end] is '\'' or '_' or '-'))
                end++;
            var word = new TextSpan(i, end);
            if (previous.Length > 1 && i - previous.End == 1 && text[previous.End] == ' ' && Same(text, previous, word) && !Meant.Contains(word.Of(text)))
                yield return new(previous.End, end);
            previous = word;
            i = end;
        }
    }

    // A capital says that the second one is a name: "New York York Street".
    static bool Same(string text, TextSpan one, TextSpan other) =>
        char.IsLower(text[other.Start]) && text.AsSpan(one.Start, one.Length).Equals(text.AsSpan(other.Start, other.Length), StringComparison.OrdinalIgnoreCase);
}
