namespace PromptPlatform.Enhancement.Reading;

/// <summary>The instructions of a prompt with what was found in them; nothing of the material.</summary>
internal sealed class ToldWords
{
    readonly ILookup<string, TextSpan> told;

    /// <summary>The instructions of <paramref name="layout"/>.</summary>
    public ToldWords(string text, PromptLayout layout, LexiconHits hits, IReadOnlyList<PromptEntity> entities)
    {
        Text = text;
        Ranges = layout.Instructions;
        Instruction = layout.InstructionText(text);
        Words = WordCounter.Count(Instruction);
        Entities = [.. entities.Where(e => Holds(e.Span))];
        told = hits.All.Where(h => Holds(h.Span)).ToLookup(h => h.Category, h => h.Span, StringComparer.Ordinal);
    }

    /// <summary>The whole prompt.</summary>
    public string Text { get; }

    /// <summary>Where the instructions stand.</summary>
    public IReadOnlyList<TextSpan> Ranges { get; }

    /// <summary>The instructions as one text.</summary>
    public string Instruction { get; }

    /// <summary>Words of the instructions.</summary>
    public int Words { get; }

    /// <summary>What has a name of its own in the instructions.</summary>
    public IReadOnlyList<PromptEntity> Entities { get; }

    /// <summary>Whether the instructions run on without spaces between words.</summary>
    public bool IsWide => Instruction.AsSpan().ContainsAnyInRange('\u3040', '\u9FFF');

    /// <summary>Whether a phrase of <paramref name="category"/> stands in the instructions.</summary>
    public bool Says(string category) => told.Contains(category);

    /// <summary>Where the phrases of <paramref name="category"/> stand, by position.</summary>
    public IEnumerable<TextSpan> Of(string category) => told[category];

    /// <summary>Whether an entity of <paramref name="kind"/> stands in the instructions.</summary>
    public bool Names(string kind) => Entities.Any(e => e.Kind == kind);

    /// <summary>Whether <paramref name="later"/> begins within <paramref name="reach"/> units after <paramref name="earlier"/>, in the same clause.</summary>
    public bool Follows(TextSpan earlier, TextSpan later, int reach) =>
        later.Start >= earlier.End && later.Start - earlier.End <= reach && Text.AsSpan(earlier.End, later.Start - earlier.End).IndexOfAny(ClauseEnds) < 0;

    static readonly System.Buffers.SearchValues<char> ClauseEnds = System.Buffers.SearchValues.Create(".;:!?\n。；：！？");

    bool Holds(TextSpan span)
    {
        foreach (var range in Ranges)
            if (range.Contains(span))
                return true;
        return false;
    }
}
