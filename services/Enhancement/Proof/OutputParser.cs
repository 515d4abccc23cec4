using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Parses an output into the user's words, byte for byte and each used once, and whole lines of a language pack.</summary>
/// <remarks>
/// The order is the user's, but for one run that may have been moved to the front: then comes what stood before it, then the rest.
/// Every seam at which the first words of the output stand could be where that run began; at most <see cref="MaxStarts"/> are tried.
/// Where a line could be the user's or the engine's, the user's is tried first. Cost: O(original + output) for each start; the budget of
/// compared characters holds it there whatever the text, and a parse that would need more is no proof.
/// </remarks>
internal sealed class OutputParser(Seams seams, string enhanced, PackGrammar grammar)
{
    const int MaxStarts = 8;
    const int MaxDepth = 250;
    const int MaxSteps = 1000;
    const int Passes = 6;

    readonly string original = seams.Text;
    readonly List<OutputItem> items = [];
    long budget;
    int steps;
    int back;

    /// <summary>The parse, or null when there is none.</summary>
    public ParsedOutput? Parse()
    {
        if (Holds(new(0, 0, original.Length, Phase.Only, 0, 0, 0, false)))
            return items.Count > 1 || enhanced.Length == original.Length ? new(items, -1, -1) : null;
        foreach (var front in MovedStarts.Of(seams, enhanced, grammar, MaxStarts))
            if (Holds(new(0, front, original.Length, Phase.Moved, front, 0, 0, true)))
                return new(items, front, back);
        return null;
    }

    bool Holds(State start)
    {
        items.Clear();
        budget = Passes * (long)(original.Length + enhanced.Length) + 10_000;
        steps = 0;
        return Gap(start);
    }

    enum Phase
    {
        // All words in their order.
        Only,

        // The run that was moved to the front.
        Moved,

        // What stood before it.
        Before,

        // What stood after it.
        After,
    }

    /// <summary>How far the parse has come.</summary>
    /// <param name="At">Start of a line of the output.</param>
    /// <param name="Next">What of the original comes next.</param>
    /// <param name="End">Where this phase ends in the original.</param>
    /// <param name="Phase">Which words are being read.</param>
    /// <param name="Front">Where the moved run began in the original.</param>
    /// <param name="Back">Where it ended.</param>
    /// <param name="Depth">Items so far.</param>
    /// <param name="Free">Whether a line of the engine, or a move, allows other white space here than the user's.</param>
    readonly record struct State(int At, int Next, int End, Phase Phase, int Front, int Back, int Depth, bool Free);

    // At the start of a line, between two items: the user's next words, a line of the engine, or the end.
    bool Gap(State state)
    {
        var line = state.At;
        while (line < enhanced.Length && enhanced.AsSpan(line, TextLines.End(enhanced, line) - line).IsWhiteSpace())
            line = TextLines.Next(enhanced, TextLines.End(enhanced, line));
        budget -= line - state.At + 1;
        if (budget < 0 || ++steps > MaxSteps || state.Depth > MaxDepth)
            return false;
        if (Words(state, line) || Moves(state, line))
            return true;
        if (line >= enhanced.Length)
            return IsDone(state);
        var end = TextLines.End(enhanced, line);
        var read = grammar.Read(enhanced.AsSpan(line, end - line), original);
        return read.Role != PackRole.None
            && Tried(new(null, read), state with { At = TextLines.Next(enhanced, end), Depth = state.Depth + 1, Free = true });
    }

    bool Tried(OutputItem item, State then)
    {
        items.Add(item);
        if (Gap(then with { At = Math.Min(then.At, enhanced.Length) }))
            return true;
        items.RemoveAt(items.Count - 1);
        return false;
    }

    bool Words(State state, int line)
    {
        if (!state.Free && (state.Depth > 0 || Segment(state, 0, 0)))
            return state.Depth == 0;
        var next = TextLines.SkipWhite(original, state.Next);
        if (next >= state.End || line >= enhanced.Length)
            return false;
        var place = TextLines.SkipWhite(enhanced, line);
        return SameIndent(place, next) && Segment(state, place, next);
    }

    // From the moved run to what stood before it, and from there to the rest; a blank line or a line of the engine parts them.
    bool Moves(State state, int line)
    {
        if (!state.Free && line == state.At)
            return false;
        return state.Phase switch
        {
            Phase.Moved when state.Next > state.Front => Words(state with { Next = 0, End = state.Front, Phase = Phase.Before, Back = state.Next, Free = true }, line),
            Phase.Before when IsRead(state) => Words(state with { Next = state.Back, End = original.Length, Phase = Phase.After, Free = true }, line),
            _ => false,
        };
    }

    // The longest run of equal characters that ends at a seam, then shorter ones.
    bool Segment(State state, int place, int next)
    {
        var same = enhanced.AsSpan(place).CommonPrefixLength(original.AsSpan(next, state.End - next));
        budget -= same;
        for (var end = TextLines.TrimBack(original, next + same); end > next && budget > 0;)
        {
            var after = place + end - next;
            var lineEnd = TextLines.End(enhanced, after);
            if (enhanced.AsSpan(after, lineEnd - after).IsWhiteSpace() && seams.Between(end, TextLines.SkipWhite(original, end))
                && Tried(new(new(new(next, end), place), default), state with { At = TextLines.Next(enhanced, lineEnd), Next = end, Depth = state.Depth + 1, Free = false }))
                return true;
            var feed = original.AsSpan(next, end - next).LastIndexOf('\n');
            budget -= end - next - Math.Max(feed, 0);
            end = feed < 0 ? next : TextLines.TrimBack(original, next + feed);
        }
        return false;
    }

    // The first line of a part keeps its indentation: in code it carries meaning.
    bool SameIndent(int place, int next)
    {
        var was = original.AsSpan(TextLines.Start(original, next)..next);
        var now = enhanced.AsSpan(TextLines.Start(enhanced, place)..place);
        return was.IsWhiteSpace() ? now.SequenceEqual(was) : now.IsEmpty;
    }

    bool IsRead(State state) => TextLines.SkipWhite(original, state.Next) >= state.End;

    // Without anything of the engine's after them, the last words keep the white space that follows them.
    bool IsDone(State state)
    {
        back = state.Back;
        return IsRead(state) && state.Phase switch
        {
            Phase.Only => state.Free || Tail(enhanced) == Tail(original),
            Phase.Before => TextLines.SkipWhite(original, state.Back) == original.Length,
            Phase.After => true,
            _ => false,
        };
    }

    static string Tail(string text) => text[TextLines.TrimBack(text, text.Length)..];
}
