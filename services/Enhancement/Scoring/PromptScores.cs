namespace PromptPlatform.Enhancement.Scoring;

/// <summary>One row of the table of points, as it turned out for a text before and after.</summary>
/// <param name="Text">What earns or costs the points.</param>
/// <param name="Rule">Id of the lint rule that takes the points; empty for what is earned.</param>
/// <param name="Before">Points for the original.</param>
/// <param name="After">Points for the enhanced text.</param>
/// <param name="Possible">Most that can be earned; 0 where points are only lost.</param>
public sealed record ScoreFinding(string Text, string Rule, int Before, int After, int Possible);

/// <summary>One side of a prompt's quality, before and after.</summary>
/// <param name="Name">clarity, specificity, context, constraints, output_format, examples or consistency.</param>
/// <param name="Before">0 to 100.</param>
/// <param name="After">0 to 100.</param>
/// <param name="Findings">What makes up the points, in the order of the table, at most 40; each side adds up to its score, within 0 and 100. What could still be earned stands with 0 points.</param>
public sealed record ScoreDimension(string Name, int Before, int After, IReadOnlyList<ScoreFinding> Findings);

/// <summary>Quality before and after: the same function of each text.</summary>
/// <param name="Before">0 to 100.</param>
/// <param name="After">0 to 100; equal to <paramref name="Before"/> when nothing was changed.</param>
/// <param name="Dimensions">The seven sides, always in the same order.</param>
public sealed record PromptScores(int Before, int After, IReadOnlyList<ScoreDimension> Dimensions);
