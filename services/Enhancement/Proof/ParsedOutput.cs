using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>A run of the user's words and where it stands in the output.</summary>
internal readonly record struct UserSegment(TextSpan Original, int At);

/// <summary>A part of the output, in its order: a run of the user's words, or a line of the engine.</summary>
/// <param name="Segment">Null for a line of the engine.</param>
/// <param name="Line">What the engine's line is.</param>
internal readonly record struct OutputItem(UserSegment? Segment, PackLine Line);

/// <summary>An output that is proven to be the user's words and lines of one language pack.</summary>
/// <param name="Items">In the order of the output.</param>
/// <param name="Front">Where the run that was moved to the front began in the original, or -1.</param>
/// <param name="Back">Where that run ended.</param>
internal sealed record ParsedOutput(IReadOnlyList<OutputItem> Items, int Front, int Back)
{
    /// <summary>Whether a run of the user's words stands before what it followed.</summary>
    public bool IsMoved => Front >= 0;

    /// <summary>Where a range of the original stands now, or -1 when it does not stand in one piece.</summary>
    public int PlaceOf(TextSpan original)
    {
        foreach (var item in Items)
            if (item.Segment is { } segment && segment.Original.Contains(original))
                return segment.At + original.Start - segment.Original.Start;
        return -1;
    }
}
