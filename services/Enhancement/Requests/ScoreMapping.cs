using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Scores as the public answer.</summary>
internal static class ScoreMapping
{
    /// <summary>Both sides; with <paramref name="explain"/> the rows of the table that count.</summary>
    public static Scores ToScores(PromptScores scores, bool explain)
    {
        var mapped = new Scores { Before = scores.Before, After = scores.After };
        foreach (var dimension in scores.Dimensions)
        {
            var side = new Contracts.Enhancement.V1.ScoreDimension { Name = dimension.Name, Before = dimension.Before, After = dimension.After };
            if (explain)
                side.Findings.AddRange(dimension.Findings.Select(ToFinding));
            mapped.Dimensions.Add(side);
        }
        return mapped;
    }

    /// <summary>The one side of a reading.</summary>
    public static AnalyzeScores ToScores(PromptScores scores)
    {
        var mapped = new AnalyzeScores { Before = scores.Before };
        foreach (var dimension in scores.Dimensions)
        {
            var side = new ScoreOfDimension { Name = dimension.Name, Before = dimension.Before };
            side.Findings.AddRange(dimension.Findings.Select(ToFinding));
            mapped.Dimensions.Add(side);
        }
        return mapped;
    }

    private static Contracts.Enhancement.V1.ScoreFinding ToFinding(Scoring.ScoreFinding finding) =>
        new() { Text = finding.Text, Rule = finding.Rule, Before = finding.Before, After = finding.After, Possible = finding.Possible };
}
