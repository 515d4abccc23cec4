using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Says where the user's text may be cut: between paragraphs, after a colon that introduces something, and around a delimited block; never inside a fence.</summary>
internal sealed class Seams(string text)
{
    readonly List<TextSpan> fences = FencedRanges.Of(text);

    /// <summary>The text that may be cut.</summary>
    public string Text => text;

    /// <summary>The fenced blocks of the text, by position.</summary>
    public IReadOnlyList<TextSpan> Fences => fences;

    /// <summary>Whether a part may end at <paramref name="end"/>, after its last word, and the next begin at <paramref name="start"/>, its first.</summary>
    public bool Between(int end, int start)
    {
        if (end <= 0 || start >= text.Length)
            return true;
        if (InsideFence(end, start))
            return false;
        return text[end - 1] is ':' or '：' && !GoesDeeper(end, start) || text.AsSpan(end, start - end).Count('\n') > 1 || Opens(start) || Closes(end);
    }

    // "def f():" introduces nothing that could stand apart from it.
    bool GoesDeeper(int end, int start) =>
        text.AsSpan(end, start - end).Contains('\n') && Indent(start) > Indent(TextLines.SkipWhite(text, TextLines.Start(text, end)));

    int Indent(int word) => word - TextLines.Start(text, word);

    bool InsideFence(int end, int start)
    {
        int low = 0, high = fences.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (fences[middle].End < start)
                low = middle + 1;
            else
                high = middle;
        }
        return low < fences.Count && fences[low].Start < end && start < fences[low].End;
    }

    bool Opens(int start) => text.AsSpan(TextLines.Start(text, start)..start).IsWhiteSpace() && (text[start] == '<' || IsFence(text.AsSpan(start)));

    bool Closes(int end) => text[end - 1] == '>' || IsFence(text.AsSpan(Math.Max(0, end - 3), Math.Min(3, end)));

    static bool IsFence(ReadOnlySpan<char> mark) => mark.StartsWith("```") || mark.StartsWith("~~~") || mark.StartsWith("\"\"\"");
}
