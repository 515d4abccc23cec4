using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>The diff follows from where the user's words stand now.</summary>
internal static class CompositionDiff
{
    /// <summary>Keep and delete give the original, keep and insert the enhanced text.</summary>
    public static IReadOnlyList<DiffPart> Of(string original, string enhanced, IReadOnlyList<UserPiece> pieces)
    {
        var parts = new List<DiffPart>();
        int was = 0, now = 0;
        foreach (var piece in InOrder(pieces))
        {
            Add("delete", original[was..piece.Original.Start]);
            Add("insert", enhanced[now..piece.At]);
            Add("keep", original[piece.Original.Start..piece.Original.End]);
            was = piece.Original.End;
            now = piece.At + piece.Original.Length;
        }
        Add("delete", original[was..]);
        Add("insert", enhanced[now..]);
        return parts;

        void Add(string op, string text)
        {
            if (text.Length > 0)
                parts.Add(new(op, text));
        }
    }

    // The longest run of pieces that stand in their old order stays; the others are deleted here and inserted there.
    static List<UserPiece> InOrder(IReadOnlyList<UserPiece> pieces)
    {
        var best = new (int Length, int Previous)[pieces.Count];
        for (var i = 0; i < pieces.Count; i++)
        {
            best[i] = (pieces[i].Original.Length, -1);
            for (var j = 0; j < i; j++)
                if (pieces[j].Original.End <= pieces[i].Original.Start && best[j].Length + pieces[i].Original.Length > best[i].Length)
                    best[i] = (best[j].Length + pieces[i].Original.Length, j);
        }
        var kept = new List<UserPiece>();
        for (var i = best.Length == 0 ? -1 : Array.IndexOf(best, best.MaxBy(b => b.Length)); i >= 0; i = best[i].Previous)
            kept.Add(pieces[i]);
        kept.Reverse();
        return kept;
    }
}
