using System.Text;

namespace PromptPlatform.Inference.Tokenization;

/// <summary>
/// The text that is cut into pieces: NFKC, runs of spaces as one, none at the ends, each space as U+2581 and one before the
/// first word. Line breaks and tabs stay. The same steps as SentencePiece takes on text that was normalised before.
/// </summary>
internal static class TextCleaner
{
    private static ReadOnlySpan<byte> Space => "\u2581"u8;

    /// <summary>Appends the clean text as UTF-8; nothing for a text of spaces.</summary>
    public static void Clean(ReadOnlySpan<char> text, ref Rented<byte> clean)
    {
        var spaceBefore = true;
        AddPart(text, ref spaceBefore, ref clean);
        Trim(ref clean);
    }

    /// <summary>Appends the clean text and, byte by byte, the part of the text that it came from.</summary>
    public static void Clean(ReadOnlySpan<char> text, ref Rented<byte> clean, ref Rented<TextRange> origins)
    {
        var spaceBefore = true;
        for (var start = 0; start < text.Length;)
        {
            var length = Nfkc.PartLength(text[start..]);
            AddPart(text.Slice(start, length), ref spaceBefore, ref clean);
            while (origins.Count < clean.Count) origins.Add(new(start, start + length));
            start += length;
        }

        Trim(ref clean);
    }

    private static void AddPart(ReadOnlySpan<char> text, ref bool spaceBefore, ref Rented<byte> clean)
    {
        if (Nfkc.IsSettled(text))
        {
            foreach (var rune in text.EnumerateRunes()) Add(rune, ref spaceBefore, ref clean);
        }
        else
        {
            Rented<int> points = new(text.Length + 16);
            try
            {
                Nfkc.Normalize(text, ref points);
                foreach (var point in points.Items) Add(new Rune(point), ref spaceBefore, ref clean);
            }
            finally
            {
                points.Dispose();
            }
        }
    }

    private static void Trim(ref Rented<byte> clean)
    {
        // A U+2581 at the end counts as a space, as in SentencePiece.
        while (clean.Items.EndsWith(Space)) clean.SetCount(clean.Count - Space.Length);
    }

    private static void Add(Rune rune, ref bool spaceBefore, ref Rented<byte> clean)
    {
        if (rune.Value == ' ')
        {
            spaceBefore = true;
            return;
        }

        if (spaceBefore) clean.AddRange(Space);
        spaceBefore = false;
        if (rune.IsAscii)
        {
            clean.Add((byte)rune.Value);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        clean.AddRange(bytes[..rune.EncodeToUtf8(bytes)]);
    }
}
