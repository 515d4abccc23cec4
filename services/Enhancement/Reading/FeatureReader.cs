namespace PromptPlatform.Enhancement.Reading;

/// <summary>Answers the policy's questions about a prompt.</summary>
internal static class FeatureReader
{
    const int LongPromptWords = 150;
    const int TinyWords = 14;
    const int FewFactWords = 60;
    const int ManyParts = 5;

    /// <summary>The features of a prompt; only instructions count, never the material.</summary>
    public static Feature Read(PromptInput input, PromptLayout layout, LexiconHits hits, IReadOnlyList<PromptEntity> entities, IReadOnlyList<Example> examples, string language, LanguageDetector detector)
    {
        var text = input.Prompt;
        var told = new ToldWords(text, layout, hits, entities);
        var criteria = told.Of("criteria").Count();
        var shapes = LineShapes.Of(told.Instruction);
        var f = Said(input, told, entities, hits) | SlotReader.Read(told)
            | Of(told.Words + layout.Given.Sum(g => WordCounter.Count(text.AsSpan(g.Start, g.Length))) <= TinyWords, Feature.Tiny)
            | Of(Contradictions.Sure(text, hits, told.Ranges).Count > 0, Feature.Contradiction)
            | Of(criteria > 0, Feature.HasConstraints) | Of(criteria >= 4 || shapes.ListItems >= 4, Feature.ManyConstraints)
            | Of(told.Says("example") && (shapes.Labels > 0 || told.Words > 40) || examples.Count(e => e.Answer.Length > 0) > 1, Feature.HasExamples)
            | Of(examples.Count > 1 && examples[^1].Answer.Length == 0, Feature.OpenExamples)
            | Of(told.Says("more") && layout.Given.Count > 1, Feature.HasExamples | Feature.OpenExamples)
            | Of(told.Instruction.AsSpan().Count('?') + told.Instruction.AsSpan().Count('？') >= 2 || SentenceStarts(told) >= 3, Feature.MultipleTasks)
            | Of(IsForm(told), Feature.HasForm | Feature.HasFormat)
            | Of(Facts(told, language) <= 1 && told.Words <= FewFactWords, Feature.FewFacts);
        f |= Of(MixesTasks(told), Feature.MixedTasks) | Of(Completeness.Clauses(told.Instruction) >= ManyParts, Feature.ManyParts)
            | Of(told.Of("becomes").Count() >= 2 && (told.Words > 25 || told.IsWide), Feature.HasExamples | Feature.OpenExamples);
        f |= Expertise(layout, shapes, told, criteria, hits);
        f |= InputReader.Given(input, layout, told, hits, language, detector);
        f |= InputReader.Missing(f, layout, told, hits);
        f |= Of(f.HasAny(Feature.HasMaterial | Feature.MissingText | Feature.MissingCode | Feature.MaterialBelow | Feature.Conversation | Feature.HasContext | Feature.HasUrl | Feature.AwaitsText | Feature.RunOn)
            || layout.Given.Count > 0 || told.Says("attached"), Feature.TextGiven);
        f |= Of(Completeness.Holds(f, told, criteria) || SmallnessReader.IsShort(f, layout, told) && f.HasAny(Feature.HasFormat | Feature.HasLength | Feature.HasTargetLanguage | Feature.HasLabels | Feature.AnswerOnly), Feature.Complete);
        return f | SmallnessReader.Read(f, layout, told, hits, language != "und");
    }

    static Feature Said(PromptInput input, ToldWords told, IReadOnlyList<PromptEntity> entities, LexiconHits hits)
    {
        bool Says(string category) => told.Says(category);
        return Of(Says("role"), Feature.HasRole) | Of(Says("format"), Feature.HasFormat) | Of(Says("datafmt"), Feature.HasDataFormat)
            | Of(Says("length") || told.Names("length") || Counted(told), Feature.HasLength)
            | Of(Says("tone"), Feature.HasTone) | Of(Says("steps"), Feature.HasSteps) | Of(Says("json"), Feature.WantsJson)
            | Of(Says("query"), Feature.Query) | Of(Says("prog") || Says("framework") || entities.Any(e => e.Kind == "code"), Feature.HasCodeLanguage) | Of(Says("test"), Feature.WantsTests)
            | Of(Says("targetlang"), Feature.HasTargetLanguage) | Of(Says("labels") || Says("or"), Feature.HasLabels) | Of(Says("compare"), Feature.Comparison)
            | Of(Says("howto"), Feature.HowTo) | Of(Says("email"), Feature.Email) | Of(Says("longform"), Feature.LongForm)
            | Of(Says("proof"), Feature.Proof) | Of(Says("logic"), Feature.Logic) | Of(Says("version"), Feature.HasVersion) | Of(Says("brief"), Feature.Brief)
            | Of(told.Names("number") || Says("numword"), Feature.HasNumber) | Of(entities.Any(e => e.Kind == "url"), Feature.HasUrl) | Of(hits.Has("error"), Feature.HasError)
            | Of(entities.Any(e => e.Kind == "code"), Feature.HasCode)
            | Of(told.Instruction.AsSpan().IndexOfAny('?', '？') >= 0, Feature.Question)
            | Of(input.HasConversation, Feature.Conversation) | Of(!string.IsNullOrWhiteSpace(input.Context), Feature.HasContext)
            | Of(told.Words >= LongPromptWords, Feature.Long) | Of(told.Words < 4, Feature.Short)
            | Of(MathReading.LooksLikeMath(told.Instruction, Says("mathcue")), Feature.Math)
            | Of(Says("deixis"), Feature.MaterialBelow) | Of(Says("review"), Feature.Review) | Of(Says("plan"), Feature.AsksPlan)
            | Of(Says("example"), Feature.AsksExamples) | Of(Says("scale") && !Says("anchor"), Feature.Scale) | Of(Says("people"), Feature.People) | Of(Says("expected"), Feature.HasExpected);
    }

    static Feature Expertise(PromptLayout layout, LineShapes shapes, ToldWords told, int criteria, LexiconHits hits)
    {
        var labels = SectionLabels.In(told.Text, hits, told.Ranges).Select(s => s.Of(told.Text).ToUpperInvariant()).Distinct().Count();
        var sections = shapes.Headings + labels + layout.Blocks.Count(b => b.IsTagged);
        return Of(sections >= 3 || shapes.ListItems >= 4 && told.Words >= 60 && sections + criteria >= 2 || told.Words >= 120 && told.Says("role") && criteria >= 3, Feature.Expert);
    }

    // "Name:", "Wanted:", "Phone:" as the last lines: a form to fill in is the format.
    static bool IsForm(ToldWords told)
    {
        var lines = told.Instruction.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 2 && lines[^1][^1] is ':' or '：' && lines[^2][^1] is ':' or '：';
    }

    // What only the user can know: figures, quotations, names. German writes every noun with a capital.
    static int Facts(ToldWords told, string language)
    {
        var facts = told.Entities.Count(e => e.Kind is "quote" or "identifier" or "url" or "code" || e.Kind == "number" && !told.Entities.Any(l => l.Kind == "length" && l.Span.Overlaps(e.Span)));
        var text = told.Instruction;
        for (var i = 2; i < text.Length && language != "de"; i++)
            if (char.IsUpper(text[i]) && text[i - 1] == ' ' && text[i - 2] is not ('.' or '!' or '?' or ':'))
                facts++;
        return facts;
    }

    // "three bullet points": a number in words before a unit of length.
    static bool Counted(ToldWords told) =>
        told.Of("numword").Any(n => told.Of("lengthunit").Any(u => u.Start >= n.Start && u.Start - n.End <= 10));

    // "Plan … Also write the SQL … And translate …": kinds of work that no one prompt needs, with a word that adds one to the other.
    static bool MixesTasks(ToldWords told) =>
        told.Says("next") && Kinds.Count(k => k.Any(told.Says)) >= 3;

    static readonly string[][] Kinds =
    [
        ["translate"], ["query", "i.code_generation"], ["i.creative_writing"], ["email"], ["plan"], ["i.explanation"], ["i.summarization"], ["i.rewriting"], ["i.reasoning_analysis"], ["wanted"], ["i.factual_qa"],
    ];

    static int SentenceStarts(ToldWords told) =>
        told.Ranges.Count == 0 || told.Ranges[0].Start != 0 ? 0 : told.Of("instruct").Count(h => told.Ranges[0].Contains(h) && StartsSentence(told.Text, h.Start));

    static bool StartsSentence(string text, int at)
    {
        var i = at - 1;
        while (i >= 0 && text[i] is ' ' or '\t')
            i--;
        return i < 0 || text[i] is '.' or '!' or '?' or '\n' or ';' or '。' or '！' or '？';
    }

    static Feature Of(bool holds, Feature feature) => holds ? feature : Feature.None;
}
