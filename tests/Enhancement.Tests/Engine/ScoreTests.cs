using System.Globalization;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>A score is a function of the text, and no advice that is taken lowers it.</summary>
public sealed class ScoreTests
{
    static string Sides(PromptScores scores, Func<ScoreDimension, int> side) => string.Join(' ', scores.Dimensions.Select(d => $"{d.Name} {side(d)}"));

    static PromptScores Of(PromptInput input) => EngineCorpus.Enhancer.Score(input, input.Prompt);

    [Test]
    public void Before_OfTheEnhancedText_IsItsAfter() => Assert.Multiple(() =>
    {
        foreach (var (name, prompt, input, _, outcome) in VariedCorpus.All)
        {
            var again = EngineCorpus.Enhance(input with { Prompt = outcome.Enhanced }, prompt.Classification);
            Assert.That(Sides(again.Scores, d => d.Before), Is.EqualTo(Sides(outcome.Scores, d => d.After)), name);
            Assert.That(Sides(again.Scores, d => d.After), Is.EqualTo(Sides(outcome.Scores, d => d.After)), name);
        }
    });

    [Test]
    public void Edit_AcceptedAfterAnyOthers_NeverLowersTheTotal()
    {
        var random = new Random(20261123);
        Assert.Multiple(() =>
        {
            foreach (var (name, _, input, _, outcome) in VariedCorpus.All)
            {
                var set = new EditSet(outcome.Original, outcome.Edits);
                var accepted = new List<string>();
                var before = outcome.Scores.Before;
                foreach (var id in set.Ids.OrderBy(_ => random.Next()).ToList())
                {
                    accepted.Add(id);
                    var after = EngineCorpus.Enhancer.Score(input, set.Apply(accepted, []).Text).After;
                    Assert.That(after, Is.AtLeast(before), $"{name} {string.Join(' ', accepted)}");
                    before = after;
                }
                Assert.That(before, Is.EqualTo(outcome.Scores.After), name);
            }
        });
    }

    [Test]
    public void Fix_OfAnyFinding_NeverLowersItsDimension()
    {
        var texts = EngineCorpus.Prompts.Select(p => p.Text).SelectMany(Flaws).ToList();
        var seen = new HashSet<string>();
        Assert.Multiple(() =>
        {
            foreach (var text in texts)
            {
                var input = PromptInput.Of(text);
                var before = Of(input);
                foreach (var finding in EngineCorpus.Enhancer.Read(input).Lint.Where(f => f.Edit is not null))
                {
                    seen.Add(finding.Rule);
                    var name = LintPoints.Of(finding)[0].Dimension;
                    var after = Of(PromptInput.Of(finding.Edit!.ApplyTo(text)));
                    Assert.That(Before(after, name), Is.AtLeast(Before(before, name)), $"{finding.Rule} of {text}");
                }
            }
        });
        TestContext.Out.WriteLine(string.Join(' ', seen.Order()));
        Assert.That(seen, Has.Count.AtLeast(9));
    }

    static int Before(PromptScores scores, string name) => scores.Dimensions.Single(d => d.Name == name).Before;

    static IEnumerable<string> Flaws(string text)
    {
        yield return text;
        yield return text.Replace(" the ", " the the ", StringComparison.Ordinal) + "!!!";
        yield return text.Insert(Math.Min(3, text.Length), "\u200B") + "\n```py\nx = 1";
        yield return "Please " + text + " Please basically do it, if you don't mind. Please do not forget any of the points above. Please do not forget any of the points above.";
        yield return text + "\n\n1. one point\n2. another point\n4. a last point";
        yield return text + "\n\n<data>\nSome words of data.";
    }

    [Test]
    public void Findings_OfADimension_AddUpToItsScore() => Assert.Multiple(() =>
    {
        foreach (var (name, _, _, _, outcome) in VariedCorpus.All)
            foreach (var dimension in outcome.Scores.Dimensions)
            {
                Assert.That(Math.Clamp(dimension.Findings.Sum(f => f.Before), 0, 100), Is.EqualTo(dimension.Before), name + dimension.Name);
                Assert.That(Math.Clamp(dimension.Findings.Sum(f => f.After), 0, 100), Is.EqualTo(dimension.After), name + dimension.Name);
                Assert.That(dimension.Findings, Has.Count.InRange(1, 39), name + dimension.Name);
                Assert.That(dimension.Findings.Select(f => f.Text), Is.All.Not.Empty, name);
            }
    });

    [Test]
    public void Placeholders_ThatAreOpen_CountLittle()
    {
        const string Task = "Write a letter to my landlord about the heating.";

        var open = Of(PromptInput.Of(Task + "\n\nTone: {{tone}}")).Before;
        var filled = Of(PromptInput.Of(Task + "\n\nUse a formal tone and stay under 120 words.")).Before;

        Assert.That(open - Of(PromptInput.Of(Task)).Before, Is.InRange(0, 3));
        Assert.That(filled, Is.GreaterThan(open));
    }

    [Test]
    public void Readme_ShowsTheTableOfPoints()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Engine", "Scores.md"));

        Assert.Multiple(() =>
        {
            foreach (var row in ScoreTable.Rows)
                Assert.That(readme, Does.Contain($"| {row.Dimension} | {Points(row)} | {row.Text} |"));
            foreach (var (name, share, start, plain) in ScoreTable.Dimensions)
                Assert.That(readme, Does.Contain($"| {name} | {share} % | {start} | {plain} |"));
            foreach (var (rule, dimension, each, most) in LintPoints.Table)
                Assert.That(readme, Does.Contain($"| `{rule}` | {dimension} | {each} | {most} |"));
        });
    }

    static string Points(ScoreRow row) => row.Possible > 0 ? row.Possible.ToString(CultureInfo.InvariantCulture) : "-" + row.Cost.ToString(CultureInfo.InvariantCulture);
}
