namespace PromptPlatform.Enhancement.Reading;

/// <summary>What a part of the prompt is.</summary>
internal enum PartKind
{
    /// <summary>What the model is told to do.</summary>
    Instruction,

    /// <summary>Text to work on.</summary>
    Text,

    /// <summary>Code to work on.</summary>
    Code,
}

/// <summary>A part of the prompt, without the blank lines around it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Delimited">Whether the user has already set it apart by a fence, a tag or quotes.</param>
internal readonly record struct PromptPart(PartKind Kind, TextSpan Span, bool Delimited);

/// <summary>The prompt cut into instructions and material; at most one part of material, so that order is unambiguous.</summary>
/// <param name="Parts">By position; together they hold everything but white space.</param>
/// <param name="Blocks">Everything that the user delimited.</param>
/// <param name="Quotes">Quotations inside the instructions that are too long to be a word or a name.</param>
internal sealed record PromptLayout(IReadOnlyList<PromptPart> Parts, IReadOnlyList<CodeScanner.Block> Blocks, IReadOnlyList<TextSpan> Quotes)
{
    /// <summary>The part to work on, or null.</summary>
    public PromptPart? Material => Parts.Where(p => p.Kind != PartKind.Instruction).Select(p => (PromptPart?)p).FirstOrDefault();

    /// <summary>Where the instructions stand, without delimited blocks and quoted sentences inside them.</summary>
    public IReadOnlyList<TextSpan> Instructions { get; } = Cut(Parts, [.. Blocks.Select(b => b.Span).Concat(Quotes).OrderBy(s => s.Start)]);

    /// <summary>Everything that the user gave to be worked on, wherever it stands.</summary>
    public IReadOnlyList<TextSpan> Given =>
        [.. Parts.Where(p => p.Kind != PartKind.Instruction).Select(p => p.Span).Concat(Blocks.Select(b => b.Span)).Concat(Quotes).Distinct().OrderBy(s => s.Start)];

    /// <summary>A prompt that is one instruction.</summary>
    public static PromptLayout Whole(int length, IReadOnlyList<CodeScanner.Block> blocks) =>
        new([new(PartKind.Instruction, new(0, length), false)], blocks, []);

    /// <summary>The instructions as one text, for telling the language.</summary>
    public string InstructionText(string prompt) => string.Join('\n', Instructions.Select(s => s.Of(prompt)));

    static List<TextSpan> Cut(IReadOnlyList<PromptPart> parts, List<TextSpan> set)
    {
        var ranges = new List<TextSpan>();
        foreach (var part in parts.Where(p => p.Kind == PartKind.Instruction))
        {
            var at = part.Span.Start;
            foreach (var apart in set.Where(s => s.Start >= at && s.End <= part.Span.End))
            {
                if (apart.Start > at)
                    ranges.Add(new(at, apart.Start));
                at = apart.End;
            }
            if (part.Span.End > at)
                ranges.Add(new(at, part.Span.End));
        }
        return ranges;
    }
}
