using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Safety;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>Reads a prompt: layout first, then language, words, entities, features, and what is weak or risky about it.</summary>
internal sealed class PromptReader(Lexicons lexicons)
{
    const int LongEnoughToTell = 4000;
    const int FewestQuotedWords = 4;

    /// <summary>The reading of <paramref name="input"/>.</summary>
    public PromptReading Read(PromptInput input)
    {
        var text = input.Prompt;
        var (layout, language) = Layout(input);
        var hits = lexicons.For(language).Scan(text);
        var entities = Entities(text, layout, hits);
        var examples = ExampleLines.Read(text, layout);
        var features = FeatureReader.Read(input, layout, hits, entities, examples, language, lexicons.Detector);
        var safety = SafetyScanner.Scan(text);
        var reading = new PromptReading(text, language, entities, [], safety) { Layout = layout, Hits = hits, Examples = examples, Features = features };
        return reading with { Lint = Linter.Check(reading, input) };
    }

    // The words of a pasted text do not say which language its reader speaks: the first and the last paragraph are heard before the whole.
    (PromptLayout Layout, string Language) Layout(PromptInput input)
    {
        var text = input.Prompt;
        var blocks = CodeScanner.Blocks(text);
        var paragraphs = LayoutReader.Paragraphs(text, blocks);
        var whole = input.Language ?? Detect(text);
        var guesses = input.Language is not null || paragraphs.Count == 0 ? [whole]
            : new[] { Detect(Beginning(paragraphs[0].Of(text))), Detect(paragraphs[0].Of(text)), Detect(paragraphs[^1].Of(text)), whole }.Where(l => l != "und").Append(whole).Distinct();
        foreach (var guess in guesses)
            if (new LayoutReader(lexicons.For(guess).Scan).Read(text, blocks, paragraphs) is { Material: not null } layout)
                return (Quoting(layout, text), input.Language ?? Spoken(layout, text, whole));
        var alone = Quoting(PromptLayout.Whole(text.Length, blocks), text);
        return (alone, input.Language ?? (alone.Given.Count > 0 && Spoken(alone, text, whole) is var spoken and not "und" ? spoken : whole));
    }

    // "How do you say “where is the nearest station?” …": what stands in quotation marks gives no orders.
    static PromptLayout Quoting(PromptLayout layout, string text)
    {
        var quotes = new List<PromptEntity>();
        foreach (var told in layout.Instructions)
            QuoteScanner.Scan(text[told.Start..told.End], quotes, told.Start);
        return quotes.Count == 0 ? layout
            : new(layout.Parts, layout.Blocks, [.. quotes.Select(q => q.Span).Where(s => WordCounter.Count(text.AsSpan(s.Start, s.Length)) >= FewestQuotedWords)]);
    }

    // What stands before the first colon or line break is most often the order.
    static string Beginning(string paragraph)
    {
        var end = paragraph.AsSpan().IndexOfAny(':', '：', '\n');
        return end < 0 ? paragraph : paragraph[..end];
    }

    string Spoken(PromptLayout layout, string text, string whole) =>
        layout.Instructions.Count == 0 ? whole : Detect(layout.InstructionText(text));

    string Detect(string text) => lexicons.Detector.Detect(text.AsSpan(0, Math.Min(text.Length, LongEnoughToTell)));

    static List<PromptEntity> Entities(string text, PromptLayout layout, LexiconHits hits)
    {
        var entities = EntityScanner.Scan(text, layout.Blocks);
        Add("prog", "language");
        Add("framework", "framework");
        Add("datafmt", "format");
        Add("audience", "audience");
        foreach (var unit in hits.Of("lengthunit"))
            if (entities.FindLast(e => e.Kind == "number" && e.Span.End <= unit.Span.Start && unit.Span.Start - e.Span.End <= 12 || e.Kind == "number" && e.Span.Contains(unit.Span)) is { } number)
                entities.Add(new("length", new(number.Span.Start, Math.Max(number.Span.End, unit.Span.End))));
        foreach (var length in hits.Of("length"))
            entities.Add(new("length", length.Span));
        return [.. entities.Where(e => e.Span.Length > 0).DistinctBy(e => (e.Kind, e.Span.Start)).OrderBy(e => e.Span.Start).ThenBy(e => e.Span.End).ThenBy(e => e.Kind, StringComparer.Ordinal).Take(EntityScanner.MaxEntities)];

        void Add(string category, string kind)
        {
            foreach (var hit in hits.Of(category))
                if (!entities.Any(e => e.Kind is "code" or "url" or "email" or "path" && e.Span.Contains(hit.Span)))
                    entities.Add(new(kind, hit.Span));
        }
    }
}
