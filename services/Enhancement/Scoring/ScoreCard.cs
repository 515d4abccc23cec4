using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>Scores a text by what a reader can see and act on: the rows of <see cref="ScoreTable"/> and what lint takes.</summary>
internal sealed class ScoreCard
{
    const int MaxFindings = 40;
    const int Greeting = 50;

    readonly ScoreFacts facts;
    readonly List<(string Dimension, string Text, string Rule, int Points, int Possible)> lines = [];
    readonly Dictionary<(string, string, string), int> points = [];

    /// <summary>The card of a text.</summary>
    /// <param name="core">The reading of <see cref="ScoredText.Core"/>.</param>
    /// <param name="keys">The sentences of the packs in it.</param>
    public ScoreCard(PromptReading core, IReadOnlySet<string> keys)
    {
        facts = new(core, keys);
        foreach (var (name, _, start, _) in ScoreTable.Dimensions)
            lines.Add((name, "Where every prompt begins.", "", start, start));
        foreach (var row in ScoreTable.Rows)
            lines.Add((row.Dimension, row.Text, "", row.Points(facts), row.Possible));
        foreach (var rule in facts.Lint.GroupBy(f => f.Rule, StringComparer.Ordinal))
            foreach (var points in LintPoints.Of(rule.First()))
                lines.Add((points.Dimension, rule.First().Message, rule.Key, -points.Each * Math.Min(rule.Count(), points.Most), 0));
        foreach (var (name, _, start, plain) in ScoreTable.Dimensions)
            if (Special(name, start, plain) is { } special)
                lines.Add((name, special.Text, "", special.Points, special.Points));
        foreach (var line in lines)
            points[Key(line)] = points.GetValueOrDefault(Key(line)) + line.Points;
    }

    /// <summary>The scores of two texts beside each other.</summary>
    public static PromptScores Of(ScoreCard before, ScoreCard after) => new(
        before.Total(), after.Total(), [.. ScoreTable.Dimensions.Select(d => new ScoreDimension(d.Name, before.Points(d.Name), after.Points(d.Name), Findings(d.Name, before, after)))]);

    // What needs no technique is good enough as it stands; a plain question may be better than that.
    (string Text, int Points)? Special(string dimension, int start, int plain)
    {
        var sum = Sum(dimension);
        if (facts.Has(Feature.Greeting))
            return ("A greeting is no task.", (dimension == "consistency" ? start : Greeting) - sum);
        return facts.Has(Feature.PlainQuestion) && sum < plain ? ("A plain question is clear as it stands.", plain - sum) : null;
    }

    int Sum(string dimension) => lines.Where(l => l.Dimension == dimension).Sum(l => l.Points);

    int Points(string dimension) => Math.Clamp(Sum(dimension), 0, 100);

    int Total() => (int)Math.Round(ScoreTable.Dimensions.Sum(d => d.Share * Points(d.Name)) / 100.0);

    static List<ScoreFinding> Findings(string dimension, ScoreCard before, ScoreCard after)
    {
        var findings = new List<ScoreFinding>();
        foreach (var line in before.lines.Where(l => l.Dimension == dimension))
            findings.Add(new(line.Text, line.Rule, line.Points, after.points.GetValueOrDefault(Key(line)), line.Possible));
        foreach (var line in after.lines.Where(l => l.Dimension == dimension && !before.points.ContainsKey(Key(l))))
            findings.Add(new(line.Text, line.Rule, 0, line.Points, line.Possible));
        return [.. findings.Where(f => f.Before != 0 || f.After != 0 || f.Possible > 0).Take(MaxFindings)];
    }

    // A lint rule is one line, whatever its first finding says.
    static (string, string, string) Key((string Dimension, string Text, string Rule, int, int) line) => (line.Dimension, line.Rule, line.Rule.Length > 0 ? "" : line.Text);
}
