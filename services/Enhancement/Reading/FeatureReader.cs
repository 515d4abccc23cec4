namespace PromptPlatform.Enhancement.Reading;

/// <summary>Answers the policy's questions about a prompt.</summary>
internal static class FeatureReader
{
    const int LongMaterialWords = 250;
    const int LooseMaterialWords = 15;
    const int LongPromptWords = 150;
    const int TinyWords = 14;

    /// <summary>The features of a prompt; only instructions count, never the material.</summary>
    public static Feature Read(PromptInput input, PromptLayout layout, LexiconHits hits, IReadOnlyList<PromptEntity> entities, IReadOnlyList<Example> examples, string language, LanguageDetector detector)
    {
        var text = input.Prompt;
        var told = layout.Instructions;
        var instruction = layout.InstructionText(text);
        var words = WordCounter.Count(instruction);
        bool Says(string category) => hits.HasIn(category, told);
        bool Names(string kind) => entities.Any(e => e.Kind == kind && told.Any(r => r.Contains(e.Span)));

        var f = Of(Says("role"), Feature.HasRole) | Of(Says("format"), Feature.HasFormat) | Of(Says("datafmt"), Feature.HasDataFormat)
            | Of(Says("length") || Names("length") || Counted(hits, told), Feature.HasLength) | Of(Says("audience"), Feature.HasAudience)
            | Of(Says("tone"), Feature.HasTone) | Of(Says("steps"), Feature.HasSteps) | Of(Says("json"), Feature.WantsJson)
            | Of(Says("query"), Feature.Query) | Of(Says("prog") || Says("framework") || entities.Any(e => e.Kind == "code"), Feature.HasCodeLanguage) | Of(Says("test"), Feature.WantsTests)
            | Of(Says("targetlang"), Feature.HasTargetLanguage) | Of(Says("labels") || Says("or"), Feature.HasLabels) | Of(Says("compare"), Feature.Comparison)
            | Of(Says("howto"), Feature.HowTo) | Of(Says("email"), Feature.Email) | Of(Says("longform"), Feature.LongForm)
            | Of(Says("deadline"), Feature.HasDeadline) | Of(Says("money"), Feature.HasMoney) | Of(Says("proof"), Feature.Proof)
            | Of(Says("logic"), Feature.Logic) | Of(Says("version"), Feature.HasVersion) | Of(Says("brief"), Feature.Brief)
            | Of(Names("number") || Says("numword"), Feature.HasNumber) | Of(entities.Any(e => e.Kind == "url"), Feature.HasUrl) | Of(hits.Has("error"), Feature.HasError)
            | Of(entities.Any(e => e.Kind == "code"), Feature.HasCode)
            | Of(instruction.AsSpan().IndexOfAny('?', '？') >= 0, Feature.Question)
            | Of(input.HasConversation, Feature.Conversation) | Of(!string.IsNullOrWhiteSpace(input.Context), Feature.HasContext)
            | Of(words >= LongPromptWords, Feature.Long) | Of(words < 4, Feature.Short)
            | Of(MathReading.LooksLikeMath(instruction, Says("mathcue")), Feature.Math)
            | Of(Contradictions.Find(hits, told).Count > 0, Feature.Contradiction)
            | Of(Says("deixis"), Feature.MaterialBelow) | Of(Says("review"), Feature.Review) | Of(Says("plan"), Feature.AsksPlan)
            | Of(Says("example"), Feature.AsksExamples) | Of(Says("scale") && !Says("anchor"), Feature.Scale) | Of(Says("people"), Feature.People) | Of(Says("expected"), Feature.HasExpected)
            | Of(words + (layout.Material is { } m ? WordCounter.Count(m.Span.Of(text)) : 0) <= TinyWords, Feature.Tiny);

        var criteria = hits.Of("criteria").Count(h => told.Any(r => r.Contains(h.Span)));
        var shapes = LineShapes.Of(instruction);
        f |= Of(criteria > 0, Feature.HasConstraints) | Of(criteria >= 4 || shapes.ListItems >= 4, Feature.ManyConstraints);
        f |= Of(Says("example") && (shapes.Labels > 0 || words > 40) || examples.Count(e => e.Answer.Length > 0) > 1, Feature.HasExamples);
        f |= Of(instruction.AsSpan().Count('?') + instruction.AsSpan().Count('？') >= 2 || SentenceStarts(instruction, hits, told) >= 3, Feature.MultipleTasks);
        f |= Expertise(text, layout, shapes, words, criteria, hits, told);
        f |= Material(input, layout, hits, language, detector);
        f |= Missing(f, words, Says, () => MaterialFollows(text, hits));
        f |= Of(f.HasAny(Feature.HasMaterial | Feature.MissingText | Feature.MissingCode | Feature.MaterialBelow | Feature.Conversation | Feature.HasContext | Feature.HasUrl) || Says("attached"), Feature.TextGiven);
        f |= Of(Completeness.Holds(f, words, criteria, hits, told, entities), Feature.Complete);
        return f | Smallness(f, words, instruction, hits, Says);
    }

    static Feature Expertise(string text, PromptLayout layout, LineShapes shapes, int words, int criteria, LexiconHits hits, IReadOnlyList<TextSpan> told)
    {
        var labels = SectionLabels.In(text, hits, told).Select(s => s.Of(text).ToUpperInvariant()).Distinct().Count();
        var tags = layout.Blocks.Count(b => !b.IsCode && b.Tag[0] != '"');
        var sections = shapes.Headings + labels + tags;
        return Of(sections >= 3 || shapes.ListItems >= 4 && words >= 60 && sections + criteria >= 2 || words >= 120 && hits.HasIn("role", told) && criteria >= 3, Feature.Expert);
    }

    static Feature Material(PromptInput input, PromptLayout layout, LexiconHits hits, string language, LanguageDetector detector)
    {
        if (layout.Material is not { } material)
            return Feature.None;
        var body = material.Span.Of(input.Prompt);
        var words = WordCounter.Count(body);
        var own = material.Kind == PartKind.Text && words >= 6 ? detector.Detect(body.AsSpan(0, Math.Min(body.Length, 2000))) : "und";
        var foreign = own != "und" && own != language;
        return Feature.HasMaterial | Of(words >= LongMaterialWords, Feature.LongMaterial)
            | Of(words < LooseMaterialWords, Feature.ShortMaterial)
            | Of(!material.Delimited && (words >= LooseMaterialWords || body.Contains('\n')), Feature.LooseMaterial)
            | Of(!body.Contains('\n'), Feature.SingleItem) | Of(material.Kind == PartKind.Code, Feature.CodeMaterial) | Of(foreign, Feature.MixedLanguage)
            | Of(material.Kind == PartKind.Text && hits.HasIn("untrusted", layout.Instructions), Feature.Untrusted)
            | Of(hits.HasIn("injection", [material.Span]), Feature.Injection)
            | Of(layout.Parts[0].Kind == PartKind.Instruction, Feature.LeadFirst);
    }

    static Feature Missing(Feature f, int words, Func<string, bool> says, Func<bool> materialFollows)
    {
        if (f.HasAny(Feature.HasMaterial | Feature.HasUrl | Feature.Conversation | Feature.HasContext | Feature.Expert | Feature.HasCode) || words > 40)
            return Feature.None;
        if (says("code.deixis"))
            return materialFollows() ? Feature.None : Feature.MissingCode;
        return Of(says("transform") && !materialFollows() && (says("deixis") || words <= 4 && says("bare.deixis")), Feature.MissingText);
    }

    // "… this document. Beginning in the early 1800s, …": a sentence after the order that orders nothing is what it points to.
    static bool MaterialFollows(string text, LexiconHits hits)
    {
        var pointer = hits.Of("deixis").Concat(hits.Of("code.deixis")).Select(h => h.Span.End).DefaultIfEmpty(text.Length).Max();
        for (var at = NextSentence(text, pointer); at < text.Length;)
        {
            var next = NextSentence(text, at);
            var sentence = new TextSpan(at, next);
            var orders = OrderWords.Any(c => hits.Of(c).Any(h => sentence.Contains(h.Span)));
            if (!orders && WordCounter.Count(text.AsSpan(at, next - at)) >= 4)
                return true;
            at = next;
        }
        return false;
    }

    static readonly string[] OrderWords = ["instruct", "transform", "criteria", "format", "length", "lengthunit", "tone", "audience", "polite", "neg", "context"];

    static int NextSentence(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
            if (text[i] is '\n' or '。' or '！' or '？' || text[i] is '.' or '!' or '?' or ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) || text[i] is '-' or '–' && i > 0 && text[i - 1] == ' ' && i + 1 < text.Length && text[i + 1] == ' ')
                return i + 1;
        return text.Length;
    }

    static Feature Smallness(Feature f, int words, string instruction, LexiconHits hits, Func<string, bool> says)
    {
        // "Which year is mentioned in this sentence? …" and its sentence.
        if (f.HasAny(Feature.HasMaterial))
            return Of((f & (Feature.Tiny | Feature.LooseMaterial | Feature.Question)) == (Feature.Tiny | Feature.Question), Feature.PlainQuestion);
        var greets = hits.Of("greet").Sum(h => h.Span.Length);
        var bare = instruction.Trim().Length;
        var greeting = words <= 6 && greets * 2 >= bare && !says("transform");
        var oneLine = f.HasAll(Feature.Query | Feature.Tiny) || f.HasAny(Feature.Math) && words <= 6;
        var plain = oneLine || words <= 14 && says("question.plain") && !says("transform") && !f.HasAny(Feature.Math | Feature.Comparison | Feature.MultipleTasks);
        // "Can you help me?" and nothing else.
        var plea = words <= 10 && hits.Of("plea").Select(h => h.Span.Length).DefaultIfEmpty().Max() is > 0 and var pleading && (pleading + greets) * 10 >= bare * (instruction.AsSpan().ContainsAnyInRange('\u3040', '\u9FFF') ? 5 : 7);
        return Of(greeting, Feature.Greeting) | Of(plain, Feature.PlainQuestion)
            | Of(plea || words <= 2 && !says("instruct") && !says("transform") && !says("i.brainstorming"), Feature.NoTask);
    }

    // "three bullet points": a number in words before a unit of length.
    static bool Counted(LexiconHits hits, IReadOnlyList<TextSpan> told) =>
        hits.Of("numword").Any(n => told.Any(r => r.Contains(n.Span)) && hits.Of("lengthunit").Any(u => u.Span.Start >= n.Span.Start && u.Span.Start - n.Span.End <= 10));

    static int SentenceStarts(string instruction, LexiconHits hits, IReadOnlyList<TextSpan> told)
    {
        if (told.Count == 0 || told[0].Start != 0 || told.Count > 1)
            return 0;
        return hits.Of("instruct").Count(h => told[0].Contains(h.Span) && h.Span.Start < instruction.Length && StartsSentence(instruction, h.Span.Start));
    }

    static bool StartsSentence(string text, int at)
    {
        var i = at - 1;
        while (i >= 0 && text[i] is ' ' or '\t')
            i--;
        return i < 0 || text[i] is '.' or '!' or '?' or '\n' or ';' or '。' or '！' or '？';
    }

    static Feature Of(bool holds, Feature feature) => holds ? feature : Feature.None;
}
