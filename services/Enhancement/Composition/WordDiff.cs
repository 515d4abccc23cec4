using System.Globalization;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>The diff follows from the changes; where one cuts a word the whole word is replaced.</summary>
internal static class WordDiff
{
    /// <summary>A stretch of the original, what takes its place, and whose it is.</summary>
    readonly record struct Stretch(int Start, int End, string Text, string Owner);

    /// <summary>Keep and delete give the original, keep and insert the text with <paramref name="changes"/>, which are in order.</summary>
    public static IReadOnlyList<DiffPart> Of(string original, IReadOnlyList<OwnedChange> changes)
    {
        var parts = new List<DiffPart>();
        var at = 0;
        foreach (var stretch in Stretches(original, changes))
        {
            Add("keep", original[at..stretch.Start], null);
            Add("delete", original[stretch.Start..stretch.End], stretch.Owner);
            Add("insert", stretch.Text, stretch.Owner);
            at = stretch.End;
        }
        Add("keep", original[at..], null);
        return parts;

        void Add(string op, string text, string? owner)
        {
            if (text.Length == 0)
                return;
            if (parts.Count > 0 && parts[^1].Op == op && parts[^1].Edit == owner)
                parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
            else
                parts.Add(new(op, text, owner));
        }
    }

    static List<Stretch> Stretches(string original, IReadOnlyList<OwnedChange> changes)
    {
        var stretches = new List<Stretch>();
        for (var i = 0; i < changes.Count; i++)
        {
            var (change, owner) = changes[i];
            var (start, end, text) = (change.Start, change.End, change.Replacement);
            var floor = stretches.Count == 0 ? 0 : stretches[^1].End;
            while (start > floor && CutsBefore(original, start, end, text))
                text = original[--start] + text;
            if (start > 0 && start == floor && CutsBefore(original, start, end, text))
            {
                // Two changes of one word are one change of it.
                (start, text, owner) = (stretches[^1].Start, stretches[^1].Text + text, stretches[^1].Owner);
                stretches.RemoveAt(stretches.Count - 1);
            }
            var ceiling = i + 1 < changes.Count ? changes[i + 1].Change.Start : original.Length;
            while (end < ceiling && CutsAfter(original, start, end, text))
                text += original[end++];
            stretches.Add(new(start, end, text, owner));
        }
        return stretches;
    }

    static bool CutsBefore(string original, int start, int end, string text) =>
        InWord(original[start - 1]) && (text.Length > 0 && InWord(text[0]) || InWord(original, start) || text.Length == 0 && InWord(original, end));

    static bool CutsAfter(string original, int start, int end, string text) =>
        InWord(original[end]) && (text.Length > 0 && InWord(text[^1]) || InWord(original, end - 1) || text.Length == 0 && InWord(original, start - 1));

    static bool InWord(string text, int at) => at >= 0 && at < text.Length && InWord(text[at]);

    // Chinese and Japanese have no spaces: there every sign is a word of its own.
    static bool InWord(char c) => c < '\u2E80'
        ? char.IsLetterOrDigit(c) || c is '_' or '\'' or '’' or '\u200D' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        : char.IsSurrogate(c) || c is >= '\uFE00' and <= '\uFE0F';
}
