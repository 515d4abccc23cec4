namespace PromptPlatform.Enhancement.Reading;

/// <summary>A half-open range of UTF-16 offsets.</summary>
/// <param name="Start">First unit of the range, from 0.</param>
/// <param name="End">First unit after the range; not before <paramref name="Start"/>.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Units in the range.</summary>
    public int Length => End - Start;

    /// <summary>Whether <paramref name="other"/> lies wholly inside this range.</summary>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>Whether the two ranges share at least one unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>The text of the range within <paramref name="text"/>.</summary>
    public string Of(string text) => text[Start..End];
}
