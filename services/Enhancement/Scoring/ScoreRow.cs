namespace PromptPlatform.Enhancement.Scoring;

/// <summary>A row of the table of points.</summary>
/// <param name="Dimension">Whose points.</param>
/// <param name="Text">What earns or costs them, in words for the user.</param>
/// <param name="Possible">Most that can be earned; 0 where points are only lost.</param>
/// <param name="Points">The points of a text.</param>
internal sealed record ScoreRow(string Dimension, string Text, int Possible, Func<ScoreFacts, int> Points)
{
    /// <summary>What a row costs that only takes points.</summary>
    public int Cost { get; private init; }

    /// <summary>A row that earns <paramref name="points"/> when <paramref name="holds"/>.</summary>
    public static ScoreRow Earns(string dimension, int points, string text, Func<ScoreFacts, bool> holds) => new(dimension, text, points, f => holds(f) ? points : 0);

    /// <summary>A row that costs <paramref name="points"/> when <paramref name="holds"/>.</summary>
    public static ScoreRow Costs(string dimension, int points, string text, Func<ScoreFacts, bool> holds) => new(dimension, text, 0, f => holds(f) ? -points : 0) { Cost = points };
}
