using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>Scores a prompt by what a reader can see and act on. See README.md for the table of points.</summary>
internal static class ScoreCard
{
    static readonly (string Name, double Share)[] Dimensions =
    [
        ("clarity", 0.2), ("specificity", 0.2), ("context", 0.15), ("constraints", 0.15), ("output_format", 0.15), ("examples", 0.05), ("consistency", 0.1),
    ];

    /// <summary>Scores before and after.</summary>
    /// <param name="reading">Of the original.</param>
    /// <param name="added">Keys of the pack sentences that were added.</param>
    /// <param name="wrapped">Whether material was set apart.</param>
    /// <param name="moved">Whether a long text was moved before the task.</param>
    public static PromptScores Of(PromptReading reading, IReadOnlyList<string> added, bool wrapped, bool moved)
    {
        var carried = EngineForm.Keys(reading.Text);
        var before = Points(reading, carried, false, false);
        var after = added.Count == 0 && !wrapped && !moved ? before : Points(reading, [.. carried, .. added], wrapped, moved);
        var dimensions = Dimensions.Select((d, i) => new ScoreDimension(d.Name, before[i], after[i])).ToList();
        return new(Total(before), Total(after), dimensions);
    }

    static int Total(int[] points) => (int)Math.Round(Dimensions.Select((d, i) => d.Share * points[i]).Sum() / Dimensions.Sum(d => d.Share));

    static int[] Points(PromptReading reading, IReadOnlyList<string> keys, bool wrapped, bool moved)
    {
        var facts = new ScoreFacts(reading, keys, wrapped, moved);
        if (facts.Has(Feature.Greeting))
            return [50, 50, 50, 50, 50, 50, 95];
        if (facts.Has(Feature.PlainQuestion))
            return [90, 80, 80, 75, 80, 70, 95];
        return [.. new[] { facts.Clarity(), facts.Specificity(), facts.Context(), facts.Constraints(), facts.OutputFormat(), facts.Examples(), facts.Consistency() }.Select(p => Math.Clamp(p, 0, 100))];
    }
}

/// <summary>The points of each dimension.</summary>
internal sealed class ScoreFacts(PromptReading reading, IReadOnlyList<string> keys, bool wrapped, bool moved)
{
    readonly int words = WordCounter.Count(reading.Layout.InstructionText(reading.Text));

    public bool Has(Feature feature) => reading.Features.HasAny(feature);

    int If(Feature feature, int points) => Has(feature) ? points : 0;

    int Lint(string rule, int points, int most) => Math.Min(reading.Lint.Count(f => f.Rule == rule), most) * points;

    int Vague(int points, int most) => Math.Min(reading.Lint.Count(f => f.Rule is "vague-wording" or "vague-quantity"), most) * points;

    // Sentences that say how the answer is to be; labels with an open placeholder say nothing yet.
    int Criteria => keys.Count(k => !IsOpen(k) && !IsFormat(k));

    int OpenPlaceholders => keys.Count(IsOpen);

    static bool IsOpen(string key) => LanguagePack.For("en")!.Sentences[key].Contains("{{", StringComparison.Ordinal);

    static bool IsFormat(string key) => key.EndsWith(".format", StringComparison.Ordinal) || key is "code.query" or "tr.only" or "rw.only" or "math.result" or "analysis.table" or "analysis.reasons"
        or "explain.core" or "explain.steps" or "extract.json" or "fact.short" or "many.separate";

    public int Clarity() =>
        60 + (reading.Hits.Has("instruct") || reading.Hits.Has("transform") || Has(Feature.Question) ? 15 : 0) + (words is >= 6 and <= 200 ? 10 : 0) + If(Feature.Expert, 10)
        - If(Feature.MissingText | Feature.MissingCode, 25) - If(Feature.NoTask, 40) - If(Feature.MultipleTasks, Has(Feature.Expert) ? 0 : 8)
        - (wrapped ? 0 : If(Feature.LooseMaterial, 8)) - (moved ? 0 : Lint("question-before-long-text", 6, 1))
        - Lint("ambiguous-reference", 10, 1) - Lint("filler", 2, 3) - Lint("shouting", 5, 1) - Lint("repetition", 4, 2)
        + (keys.Any(k => k.StartsWith("input.", StringComparison.Ordinal)) ? 12 : 0) + (keys.Contains("data.task") ? 5 : 0);

    public int Specificity() =>
        30 + If(Feature.HasNumber, 12) + If(Feature.HasCodeLanguage | Feature.HasUrl | Feature.HasCode, 12) + (reading.Entities.Any(e => e.Kind is "identifier" or "path" or "quote") ? 8 : 0)
        + If(Feature.HasLength, 6) + If(Feature.HasDeadline | Feature.HasMoney, 6) + If(Feature.HasTargetLanguage | Feature.HasLabels, 10) + (words > 12 ? 10 : 0) + (words > 40 ? 12 : 0) + If(Feature.Expert, 8)
        - Vague(4, 3) + Math.Min(Criteria * 4, 12) + Math.Min(OpenPlaceholders * 2, 6);

    public int Context() =>
        35 + If(Feature.HasMaterial, 30) + If(Feature.HasAudience, 15) + If(Feature.HasContext, 10) + If(Feature.HasRole, 6) + If(Feature.HasError, 10) + (words > 25 ? 10 : 0) + (words > 60 ? 10 : 0)
        - If(Feature.MissingText | Feature.MissingCode, 20) + Math.Min(OpenPlaceholders * 2, 6);

    public int Constraints() =>
        30 + If(Feature.HasConstraints, 22) + If(Feature.ManyConstraints, 16) + If(Feature.HasLength, 8) + If(Feature.HasTone, 8) + If(Feature.Expert, 6) + Math.Min(Criteria * 10, 30);

    public int OutputFormat() =>
        30 + (Has(Feature.HasFormat) ? 45 : If(Feature.HasDataFormat, 30)) + If(Feature.HasLength, 8) + If(Feature.Expert, 8) + (keys.Any(IsFormat) ? Has(Feature.HasFormat) ? 5 : 40 : 0);

    public int Examples() =>
        50 + If(Feature.HasExamples, 35) + If(Feature.AsksExamples, 10) + If(Feature.HasCode, 10) + (keys.Contains("examples.follow") ? 5 : 0);

    public int Consistency() =>
        95 - If(Feature.Contradiction, 35) - Lint("format-conflict", 10, 1) - Lint("shouting", 5, 1) - Lint("repetition", 5, 1) - Lint("steps-for-reasoning-model", 5, 1) - Lint("instruction-in-material", 10, 1)
        + (keys.Contains("clash.priority") ? 15 : 0) + (keys.Contains("data.only") && Has(Feature.Injection) ? 8 : 0);
}
