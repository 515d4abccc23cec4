namespace PromptPlatform.Enhancement.Scoring;

/// <summary>One side of a prompt's quality, before and after.</summary>
/// <param name="Name">clarity, specificity, context, constraints, output_format, examples or consistency.</param>
/// <param name="Before">0 to 100.</param>
/// <param name="After">0 to 100.</param>
public sealed record ScoreDimension(string Name, int Before, int After);

/// <summary>Quality before and after.</summary>
/// <param name="Before">0 to 100.</param>
/// <param name="After">0 to 100; equal to <paramref name="Before"/> when nothing was changed.</param>
/// <param name="Dimensions">The seven sides, always in the same order.</param>
public sealed record PromptScores(int Before, int After, IReadOnlyList<ScoreDimension> Dimensions);
