using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>What the table of points asks about a text.</summary>
/// <param name="reading">Of the core of the text.</param>
/// <param name="keys">The sentences of the packs that stand in it.</param>
internal sealed class ScoreFacts(PromptReading reading, IReadOnlySet<string> keys)
{
    static readonly HashSet<string> Formats = TechniquePolicy.Shipped.File.Rules.Where(r => r.Section == "format").SelectMany(r => r.Sentences).ToHashSet(StringComparer.Ordinal);
    static readonly HashSet<string> OpenLines = LanguagePack.For("en")!.Sentences.Where(s => s.Value.Contains("{{", StringComparison.Ordinal)).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Words of the instructions, without those that a fix would take out: padding earns nothing.</summary>
    public int Words { get; } = WordCounter.Count(reading.Layout.InstructionText(reading.Text)) - reading.Lint.Where(IsPadding).Sum(f => WordCounter.Count(f.Edit!.Span.Of(reading.Text)));

    /// <summary>Sentences that say how the answer is to be.</summary>
    public int Criteria { get; } = keys.Count(k => !OpenLines.Contains(k) && !Formats.Contains(k));

    /// <summary>Lines with a placeholder that nobody has filled.</summary>
    public int OpenPlaceholders { get; } = keys.Count(OpenLines.Contains);

    /// <summary>Whether a line of the packs says which form the answer has.</summary>
    public bool HasFormatLine { get; } = keys.Any(Formats.Contains);

    /// <summary>Whether the text to work on is only a placeholder so far.</summary>
    public bool AwaitsMaterial { get; } = reading.Layout.Material is { } material && IsPlaceholder(material.Span.Of(reading.Text));

    /// <summary>The weaknesses.</summary>
    public IReadOnlyList<LintFinding> Lint => reading.Lint;

    /// <summary>Whether any of <paramref name="feature"/> holds.</summary>
    public bool Has(Feature feature) => reading.Features.HasAny(feature);

    /// <summary>Whether words of <paramref name="category"/> stand in the text.</summary>
    public bool Says(string category) => reading.Hits.Has(category);

    /// <summary>Whether the text names something of <paramref name="kinds"/>.</summary>
    public bool Names(params ReadOnlySpan<string> kinds)
    {
        foreach (var entity in reading.Entities)
            if (kinds.Contains(entity.Kind))
                return true;
        return false;
    }

    /// <summary>Whether the sentence <paramref name="key"/> of the packs stands in the text.</summary>
    public bool Carries(string key) => keys.Contains(key);

    static bool IsPadding(LintFinding finding) => finding.Edit is { Replacement: "", Span.Length: > 0 };

    // Inside its marks: a fence, a tag or quotes.
    static bool IsPlaceholder(string material)
    {
        var lines = material.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var inner = lines.Where(l => l is not "\"\"\"" && !l.StartsWith("```", StringComparison.Ordinal) && !(l[0] == '<' && l[^1] == '>')).ToList();
        return inner is [['{', '{', .., '}', '}']];
    }
}
