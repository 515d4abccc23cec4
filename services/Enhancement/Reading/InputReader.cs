namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells what there is to work on: given and set apart, run on from the order, or only spoken of.</summary>
internal static class InputReader
{
    const int LongMaterialWords = 250;
    const int LooseMaterialWords = 15;
    const int MaxPointingWords = 60;
    const int MaxMissingWords = 40;
    const int PointReach = 12;
    const int PostReach = 3;
    const int LongestName = 40;
    const int RunOnWords = 35;
    const int EndlessSentence = 48;
    const int RunOnSentence = 38;

    static readonly string[] OrderWords = ["instruct", "transform", "criteria", "format", "length", "lengthunit", "tone", "audience", "polite", "neg", "context"];
    static readonly string[] AnswerWords = ["format", "length", "lengthunit", "tone", "only", "targetlang", "langname", "polite", "unsure"];

    /// <summary>The features of what was given.</summary>
    public static Feature Given(PromptInput input, PromptLayout layout, ToldWords told, LexiconHits hits, string language, LanguageDetector detector)
    {
        var apart = layout.Given;
        if (layout.Material is not { } material)
            return layout.Blocks.Count == 0 ? Feature.None : OfBlocks(input.Prompt, layout, told, hits);
        var body = material.Span.Of(input.Prompt);
        var words = WordCounter.Count(body);
        var own = material.Kind == PartKind.Text && words >= 6 ? detector.Detect(body.AsSpan(0, Math.Min(body.Length, 2000))) : "und";
        var foreign = own != "und" && own != language;
        return Feature.HasMaterial | Of(words >= LongMaterialWords, Feature.LongMaterial)
            | Of(words < LooseMaterialWords, Feature.ShortMaterial)
            | Of(!material.Delimited && (words >= LooseMaterialWords || body.Contains('\n')), Feature.LooseMaterial)
            | Of(!body.Contains('\n'), Feature.SingleItem) | Of(material.Kind == PartKind.Code, Feature.CodeMaterial) | Of(foreign, Feature.MixedLanguage)
            | Of(material.Kind == PartKind.Text && told.Says("untrusted"), Feature.Untrusted)
            | Of(Injections.In(input.Prompt, apart, hits).Any(), Feature.Injection)
            | Of(layout.Parts[0].Kind == PartKind.Instruction, Feature.LeadFirst);
    }

    // Several blocks, or one inside a sentence: given and set apart, but nothing that could be moved as a whole.
    static Feature OfBlocks(string text, PromptLayout layout, ToldWords told, LexiconHits hits)
    {
        var words = layout.Blocks.Sum(b => WordCounter.Count(text.AsSpan(b.Span.Start, b.Span.Length)));
        return Feature.HasMaterial | Of(words >= LongMaterialWords, Feature.LongMaterial) | Of(layout.Blocks.All(b => b.IsCode), Feature.CodeMaterial)
            | Of(told.Says("untrusted"), Feature.Untrusted) | Of(Injections.In(text, layout.Given, hits).Any(), Feature.Injection)
            | Of(told.Ranges.Count > 0 && told.Ranges[0].Start < layout.Blocks[0].Span.Start, Feature.LeadFirst);
    }

    /// <summary>What the prompt speaks of and does not hold.</summary>
    public static Feature Missing(Feature f, PromptLayout layout, ToldWords told, LexiconHits hits)
    {
        if (f.HasAny(Feature.HasMaterial | Feature.HasUrl | Feature.Conversation | Feature.HasContext | Feature.Expert) || layout.Given.Count > 0 || told.Entities.Any(e => e.Kind == "code" && e.Span.Length > LongestName))
            return Feature.None;
        var follows = MaterialFollows(told.Text, hits);
        if (told.Words <= MaxMissingWords && told.Says("code.deixis") && !follows)
            return Feature.MissingCode;
        if (told.Words <= MaxMissingWords && told.Says("transform") && !follows && (told.Says("deixis") || told.Words <= 4 && told.Says("bare.deixis")))
            return Feature.MissingText;
        return Of(told.Words <= MaxPointingWords && !HoldsText(told) && (told.Says("meeting") || Points(told) && !follows), Feature.AwaitsText)
            | Of(RunsOn(told), Feature.RunOn);
    }

    // "this clause", "my function", "these two contracts": a thing that is pointed at and was not mentioned before.
    static bool Points(ToldWords told)
    {
        if (told.IsWide)
            return told.Says("deixis") && (told.Says("ask") || told.Says("transform") || told.Says("compare"));
        var composed = told.Says("compose");
        foreach (var noun in told.Of("textnoun"))
            if (told.Of("post").Any(p => told.Follows(noun, p, PostReach)) || told.Of("demo").Any(d => told.Follows(d, noun, PointReach)) && !composed && !MentionedBefore(told, noun))
                return true;
        return false;
    }

    static bool MentionedBefore(ToldWords told, TextSpan noun) =>
        told.Text.AsSpan(0, noun.Start).Contains(told.Text.AsSpan(noun.Start, Math.Min(noun.Length, 5)), StringComparison.OrdinalIgnoreCase);

    // "Label these: red, green, blue" holds its items after the colon; a list holds them in its lines.
    static bool HoldsText(ToldWords told)
    {
        var colon = told.Instruction.AsSpan().LastIndexOfAny(':', '：');
        return colon >= 0 && WordCounter.Count(told.Instruction.AsSpan(colon)) >= 3 || LineShapes.Of(told.Instruction).ListItems > 1;
    }

    // "summarize in two sentences the club met on tuesday and …": no mark shows where the order ends.
    static bool RunsOn(ToldWords told)
    {
        if (told.Words < RunOnWords || told.Ranges.Count != 1 || LineShapes.Of(told.Instruction).ListItems > 1 || !WorksOnText(told))
            return false;
        var sentences = Sentences(told.Text, told.Ranges[0]);
        foreach (var sentence in sentences)
            if (WordCounter.Count(told.Text.AsSpan(sentence.Start, sentence.Length)) is >= RunOnSentence and var words
                && (words >= EndlessSentence || told.IsWide || told.Of("ask").Count(sentence.Contains) >= 2))
                return true;
        return told.Of("transform").Any(t => t.Start - told.Ranges[0].Start <= PointReach) && sentences.Count >= 4
            && sentences.Skip(1).Count(s => !AnswerWords.Any(c => told.Of(c).Any(s.Contains))) * 5 >= (sentences.Count - 1) * 3;
    }

    // The first thing said is what to do with a text, not what to write.
    static bool WorksOnText(ToldWords told)
    {
        var work = WorkWords.SelectMany(told.Of).Select(s => s.Start).DefaultIfEmpty(int.MaxValue).Min();
        return work < told.Of("compose").Select(s => s.Start).DefaultIfEmpty(int.MaxValue).Min();
    }

    static readonly string[] WorkWords = ["transform", "labels", "datafmt", "judge"];

    static List<TextSpan> Sentences(string text, TextSpan range)
    {
        var sentences = new List<TextSpan>();
        for (var at = range.Start; at < range.End;)
        {
            var next = Math.Min(NextSentence(text, at), range.End);
            sentences.Add(new(at, next));
            at = next;
        }
        return sentences;
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

    static int NextSentence(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
            if (text[i] is '\n' or '。' or '！' or '？' || text[i] is '.' or '!' or '?' or ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) || text[i] is '-' or '–' && i > 0 && text[i - 1] == ' ' && i + 1 < text.Length && text[i + 1] == ' ')
                return i + 1;
        return text.Length;
    }

    static Feature Of(bool holds, Feature feature) => holds ? feature : Feature.None;
}
