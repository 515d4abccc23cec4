namespace PromptPlatform.Inference.Tokenization;

/// <summary>
/// Cuts text into the pieces of a unigram vocabulary with the highest total score, as SentencePiece does; characters that no
/// piece holds become their UTF-8 bytes. Thread-safe; allocates nothing once the array pool is warm.
/// </summary>
internal sealed class Tokenizer
{
    // SentencePiece takes this much off the lowest score for a character outside the vocabulary.
    private const float UnknownPenalty = 10;

    // SentencePiece ranks a user-defined symbol this much below one best piece per byte of it, which is above any other cut.
    private const double SymbolMargin = 0.1;

    private readonly DoubleArrayTrie trie;
    private readonly double[] scores;
    private readonly float unknownScore;
    private readonly int firstByteId;

    public Tokenizer(Vocabulary vocabulary)
    {
        var normal = vocabulary.Pieces.Where(piece => piece.Kind == PieceKind.Normal).Select(piece => piece.Score).ToArray();
        if (normal.Length == 0) throw new InvalidDataException("the vocabulary has no normal piece");
        var highest = normal.Max();
        unknownScore = normal.Min() - UnknownPenalty;
        firstByteId = vocabulary.FirstByteId;
        UnknownId = vocabulary.UnknownId;
        scores = [.. vocabulary.Pieces.Select(piece => piece.Kind == PieceKind.UserDefined ? (piece.Text.Length * highest) - SymbolMargin : piece.Score)];
        trie = TrieBuilder.Build(vocabulary.Pieces.Index()
            .Where(entry => entry.Item is { Kind: PieceKind.Normal or PieceKind.UserDefined, Text.Length: > 0 })
            .Select(entry => (entry.Item.Text, entry.Index)));
    }

    /// <summary>Stands for what has no piece.</summary>
    public int UnknownId { get; }

    /// <summary>Appends the ids of a text; none for a text of spaces.</summary>
    public void Encode(ReadOnlySpan<char> text, ref Rented<int> ids)
    {
        Rented<byte> clean = new((text.Length * 3) + 8);
        try
        {
            TextCleaner.Clean(text, ref clean);
            Cut(clean.Items, ref ids);
        }
        finally
        {
            clean.Dispose();
        }
    }

    /// <summary>Appends the ids of a text and, id by id, the range of the text that each was made of.</summary>
    public void Encode(ReadOnlySpan<char> text, ref Rented<int> ids, ref Rented<TextRange> ranges)
    {
        Rented<byte> clean = new((text.Length * 3) + 8);
        Rented<TextRange> origins = new((text.Length * 3) + 8);
        Rented<(int Start, int End)> places = new(text.Length + 8);
        try
        {
            TextCleaner.Clean(text, ref clean, ref origins);
            Cut(clean.Items, ref ids, ref places);
            foreach (var (start, end) in places.Items) ranges.Add(new(origins.Items[start].Start, origins.Items[end - 1].End));
        }
        finally
        {
            clean.Dispose();
            origins.Dispose();
            places.Dispose();
        }
    }

    private void Cut(ReadOnlySpan<byte> clean, ref Rented<int> ids)
    {
        Rented<(int, int)> places = new(clean.Length + 1);
        try
        {
            Cut(clean, ref ids, ref places);
        }
        finally
        {
            places.Dispose();
        }
    }

    private void Cut(ReadOnlySpan<byte> clean, ref Rented<int> ids, ref Rented<(int Start, int End)> places)
    {
        Rented<Arrival> arrivals = new(clean.Length + 1);
        try
        {
            arrivals.SetCount(clean.Length + 1);
            FindBestCut(clean, arrivals.Items);
            ReadBack(clean, arrivals.Items, ref ids, ref places);
        }
        finally
        {
            arrivals.Dispose();
        }
    }

    // Best way to reach each byte position: the piece that ends there, where it starts, the score so far.
    private struct Arrival
    {
        public float Score;
        public int Start;
        public int Id;
    }

    private void FindBestCut(ReadOnlySpan<byte> text, Span<Arrival> arrivals)
    {
        arrivals.Fill(new() { Score = float.NegativeInfinity });
        arrivals[0].Score = 0;
        for (var start = 0; start < text.Length;)
        {
            var reached = arrivals[start].Score;
            var next = start + Utf8Length(text[start]);
            var wholeCharacter = false;
            for (int end = start, node = DoubleArrayTrie.Root; end < text.Length;)
            {
                node = trie.Step(node, text[end++]);
                if (node < 0) break;
                var id = trie.ValueAt(node);
                if (id < 0) continue;
                wholeCharacter |= end == next;
                Offer(ref arrivals[end], reached + scores[id], start, id);
            }

            if (!wholeCharacter) Offer(ref arrivals[next], (float)(reached + unknownScore), start, -1);
            start = next;
        }
    }

    // Sums with pieces are compared in double precision and kept in single, as in SentencePiece: ties fall the same way.
    private static void Offer(ref Arrival arrival, double sum, int start, int id)
    {
        if (!(sum > arrival.Score)) return;
        arrival.Score = (float)sum;
        arrival.Start = start;
        arrival.Id = id;
    }

    private void ReadBack(ReadOnlySpan<byte> text, ReadOnlySpan<Arrival> arrivals, ref Rented<int> ids, ref Rented<(int Start, int End)> places)
    {
        var first = ids.Count;
        for (var end = text.Length; end > 0; end = arrivals[end].Start)
        {
            var arrival = arrivals[end];
            if (arrival.Id >= 0)
            {
                ids.Add(arrival.Id);
                places.Add((arrival.Start, end));
                continue;
            }

            for (var at = end - 1; at >= arrival.Start; at--)
            {
                ids.Add(firstByteId + text[at]);
                places.Add((arrival.Start, end));
            }
        }

        ids.Items[first..].Reverse();
        places.Items.Reverse();
    }

    private static int Utf8Length(byte lead) => lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}
