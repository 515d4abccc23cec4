namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells what is too small, too plain or too empty for any technique.</summary>
internal static class SmallnessReader
{
    const int PlainWords = 14;
    const int SumWords = 10;
    const int QueryWords = 18;
    const int ListWords = 9;
    const int TermWords = 10;
    const int QuotedOrderWords = 18;
    const int QuotedWords = 40;
    const int TasklessWords = 30;
    const int RoleWords = 9;
    const int AskWithin = 10;
    const int TermOrderWords = 12;

    /// <summary>Greeting, plain question, closed task or no task at all.</summary>
    public static Feature Read(Feature f, PromptLayout layout, ToldWords told, LexiconHits hits, bool spoken)
    {
        // "Which year is mentioned in this sentence? …" and its sentence.
        if (f.HasAny(Feature.HasMaterial))
            return Of(f.HasAll(Feature.Tiny | Feature.Question) && !f.HasAny(Feature.LooseMaterial), Feature.PlainQuestion) | Of(IsClosed(f, layout, told), Feature.Closed)
                | Of(told.Words == 0, Feature.NoTask);
        var greets = told.Of("greet").Sum(h => h.Length);
        var bare = told.Instruction.Trim().Length;
        var greeting = told.Words <= 6 && greets * 2 >= bare && !told.Says("transform");
        // Who, when, which, is it: what settles in a line. Why and how want an explanation.
        var settled = f.HasAll(Feature.Tiny | Feature.Question) && !told.Says("ask.open") && !told.Says("transform") && !f.HasAny(Feature.Judges | Feature.WantsSeveral | Feature.AsksPlan | Feature.HowTo | Feature.MultipleTasks | Feature.MissingText | Feature.MissingCode | Feature.AwaitsText)
            && (!f.HasAny(Feature.Comparison) || f.HasAny(Feature.HasLabels));
        // "javascript: last element of an array": looked up, not built.
        var lookedUp = f.HasAll(Feature.Tiny | Feature.HasCodeLanguage) && !f.HasAny(Feature.HasCode | Feature.HasError | Feature.Comparison | Feature.MissingCode) && !told.Says("compose") && !told.Says("transform")
            && !hits.Of("i.code_generation").Concat(hits.Of("i.code_debugging")).Any(h => h.Weight > 1);
        var oneLine = settled || lookedUp || f.HasAll(Feature.Query | Feature.Tiny) || f.HasAny(Feature.Math) && told.Words <= 6;
        var plain = oneLine || told.Words <= PlainWords && told.Says("question.plain") && !told.Says("transform") && !f.HasAny(Feature.Math | Feature.Comparison | Feature.MultipleTasks);
        // "Can you help me?" and nothing else.
        var plea = told.Words <= 10 && hits.Of("plea").Select(h => h.Span.Length).DefaultIfEmpty().Max() is > 0 and var pleading && (pleading + greets) * 10 >= bare * (told.IsWide ? 5 : 7);
        return Of(greeting, Feature.Greeting) | Of(plain, Feature.PlainQuestion) | Of(IsClosed(f, layout, told), Feature.Closed)
            | Of(!greeting && (plea || told.Words <= 2 && !told.Says("instruct") && !told.Says("transform") && !told.Says("i.brainstorming") || spoken && IsTaskless(f, layout, told)), Feature.NoTask);
    }

    // A short order for one short text that says what comes out.
    internal static bool IsShort(Feature f, PromptLayout layout, ToldWords told) =>
        layout.Given.Count == 1 && !f.HasAny(Feature.LooseMaterial | Feature.CodeMaterial) && told.Words is > 0 and <= QuotedOrderWords && WordCounter.Count(layout.Given[0].Of(told.Text)) <= QuotedWords;

    // A task whose answer is settled by its own words: a sum, a term, a list of words, a change to one quoted sentence.
    static bool IsClosed(Feature f, PromptLayout layout, ToldWords told)
    {
        var lines = told.Instruction.AsSpan().Trim().Count('\n');
        if (lines > 1 && layout.Given.Count == 0 || f.HasAny(Feature.MultipleTasks))
            return false;
        if (IsShort(f, layout, told))
            return !f.HasAny(Feature.Injection | Feature.Judges) && (f.HasAny(Feature.Question) && f.HasAny(Feature.HasLabels | Feature.AnswerOnly | Feature.HasNumber | Feature.Tiny)
                || told.Says("pull") && !told.Says("vaguefields") && !f.HasAny(Feature.WantsJson) && told.Words <= TermOrderWords
                || f.HasAny(Feature.HasTargetLanguage | Feature.HasLength) && told.Words <= TermWords || told.Says("transformed") && told.Words <= TermOrderWords);
        if (layout.Given.Count > 0)
            return false;
        return f.HasAny(Feature.Math) && told.Words <= SumWords && told.Entities.Count(e => e.Kind == "number") <= 3
            || f.HasAll(Feature.Comparison | Feature.Question) && told.Words <= TermWords && told.Names("quote")
            || f.HasAny(Feature.Query) && told.Words <= QueryWords
            || told.Says("factlist") && f.HasAny(Feature.HasNumber) && told.Words <= ListWords
            || told.Words <= TermOrderWords && told.Names("quote") && (f.HasAny(Feature.HasTargetLanguage) || told.Says("langname") || told.Says("transformed"));
    }

    // A few words that neither order nor ask nor name a thing to be made: facts, a wish, a part to play.
    static bool IsTaskless(Feature f, PromptLayout layout, ToldWords told)
    {
        if (layout.Given.Count > 0 || f.HasAny(Feature.Question | Feature.HasUrl | Feature.HasCode | Feature.HasExamples | Feature.Query | Feature.AsksPlan | Feature.HowTo | Feature.Comparison | Feature.WantsSeveral))
            return told.Words == 0;
        var roles = told.Of("role").ToList();
        var orders = told.Of("instruct").Concat(told.Of("transform")).Concat(told.Of("compose")).Concat(told.Of("order")).Where(o => !roles.Exists(r => r.Overlaps(o)));
        return told.Words <= (roles.Count > 0 ? RoleWords : TasklessWords) && !orders.Any() && !told.Says("mathcue") && !told.Says("judge") && !told.Says("translate") && !told.Says("polite") && !told.Says("email")
            && !Deliverables.Any(told.Says) && !told.Of("ask").Any(a => told.IsWide || a.Start - told.Ranges[0].Start <= AskWithin);
    }

    static readonly string[] Deliverables =
    [
        "i.creative_writing", "i.professional_writing", "i.code_generation", "i.summarization", "i.translation", "i.rewriting", "i.explanation", "i.planning_advice", "i.classification", "i.information_extraction",
        "i.reasoning_analysis", "i.code_debugging", "i.factual_qa", "i.math_reasoning", "longform", "wanted", "prog",
    ];

    static Feature Of(bool holds, Feature feature) => holds ? feature : Feature.None;
}
