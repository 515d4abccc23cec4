using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Proves that a text is the user's words, byte for byte, and beside them only sentences of one language pack.</summary>
/// <remarks>Takes the composer's claim of whose words stand where, and believes none of it.</remarks>
internal static class ProvenanceCheck
{
    static readonly string[] Marks = ["```", "\"\"\""];
    static readonly string[] Tags = ["details", "requirements", "output_format", "text", "code"];

    /// <summary>Null when it is proven, else what is wrong.</summary>
    public static string? Fault(string original, string enhanced, IReadOnlyList<UserPiece> pieces, LanguagePack pack)
    {
        var covered = new bool[original.Length];
        var now = 0;
        foreach (var (was, at) in pieces)
        {
            if (was.Start < 0 || was.End > original.Length || was.Start > was.End || at < now || at + was.Length > enhanced.Length)
                return "A piece lies outside the texts or out of order.";
            if (!enhanced.AsSpan(at, was.Length).SequenceEqual(original.AsSpan(was.Start, was.Length)))
                return "Words of the user were changed.";
            if (covered.AsSpan(was.Start, was.Length).Contains(true))
                return "Words of the user stand twice.";
            covered.AsSpan(was.Start, was.Length).Fill(true);
            if (ForeignLine(enhanced[now..at], original, pack) is { } foreign)
                return foreign;
            now = at + was.Length;
        }
        for (var i = 0; i < covered.Length; i++)
            if (!covered[i] && !char.IsWhiteSpace(original[i]))
                return "Words of the user are missing.";
        return ForeignLine(enhanced[now..], original, pack);
    }

    static string? ForeignLine(string gap, string original, LanguagePack pack)
    {
        foreach (var raw in gap.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.StartsWith("- "))
                line = line[2..];
            if (!line.IsEmpty && !IsMark(line, pack) && !IsSentence(line.ToString(), original, pack))
                return "A line is neither the user's nor of the language pack.";
        }
        return null;
    }

    static bool IsMark(ReadOnlySpan<char> line, LanguagePack pack)
    {
        foreach (var mark in Marks)
            if (line.SequenceEqual(mark))
                return true;
        foreach (var tag in Tags)
            if (line.SequenceEqual($"<{tag}>") || line.SequenceEqual($"</{tag}>"))
                return true;
        var heading = line.StartsWith("## ") ? line[3..] : line.TrimEnd(":： ");
        foreach (var known in pack.Headings.Values)
            if (heading.SequenceEqual(known))
                return true;
        return false;
    }

    static bool IsSentence(string line, string original, LanguagePack pack)
    {
        foreach (var sentence in pack.Sentences.Values)
            if (sentence == line || sentence.Contains("{0}", StringComparison.Ordinal) && SlotsHoldUserWords(sentence, line, original))
                return true;
        return false;
    }

    // The slots are what lies between the fixed parts; each must be words that the user wrote.
    static bool SlotsHoldUserWords(string sentence, string line, string original)
    {
        var fixedParts = sentence.Split("{0}", 2);
        var middle = fixedParts[1].Split("{1}", 2);
        if (!line.StartsWith(fixedParts[0], StringComparison.Ordinal) || !line.EndsWith(middle[^1], StringComparison.Ordinal) || line.Length < fixedParts[0].Length + middle[^1].Length)
            return false;
        var inner = line[fixedParts[0].Length..^middle[^1].Length];
        if (middle.Length == 1)
            return IsUserText(inner, original);
        for (var cut = inner.IndexOf(middle[0], StringComparison.Ordinal); cut >= 0; cut = inner.IndexOf(middle[0], cut + 1, StringComparison.Ordinal))
            if (IsUserText(inner[..cut], original) && IsUserText(inner[(cut + middle[0].Length)..], original))
                return true;
        return false;
    }

    static bool IsUserText(string slot, string original) => slot.Length > 0 && original.Contains(slot, StringComparison.Ordinal);
}
