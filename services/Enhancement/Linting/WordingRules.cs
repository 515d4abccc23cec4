using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Words that cost tokens or leave room to guess.</summary>
internal static class WordingRules
{
    /// <summary>Words that say nothing.</summary>
    public static void Filler(LintRun run)
    {
        foreach (var hit in run.Told("filler").Take(5))
            run.Info("filler", hit.Span, $"“{Text(run, hit)}” adds length and no meaning.", "Leave it out.", run.Without(hit.Span));
    }

    /// <summary>One courtesy is fine; more is padding.</summary>
    public static void Politeness(LintRun run)
    {
        // In Chinese and Japanese some of it is part of the grammar.
        foreach (var hit in run.Told("polite").Skip(run.Reading.Language is "zh" or "ja" ? 3 : 1).Take(3))
            run.Info("politeness-padding", hit.Span, "Courtesy does no harm, but more than one such phrase only costs tokens.", "Keep one.", run.Without(hit.Span));
    }

    /// <summary>Quantities and qualities that everybody reads otherwise.</summary>
    public static void Vague(LintRun run)
    {
        foreach (var hit in run.Ordered("vague").Concat(run.Told("vague.strong")).DistinctBy(h => h.Span.Start).Take(5))
            run.Info("vague-wording", hit.Span, $"“{Text(run, hit)}” means something else to everybody.", "Name a property that can be checked.");
        foreach (var hit in run.Ordered("vague.count").Take(5))
            run.Info("vague-quantity", hit.Span, $"“{Text(run, hit)}” leaves the model to guess how many.", "Name a number or a range.");
    }

    /// <summary>Only what not to do.</summary>
    public static void NegativeOnly(LintRun run)
    {
        var negations = run.Told("neg").Where(h => run.Told("criteria").Any(c => c.Span.Overlaps(h.Span))).Take(6).ToList();
        if (negations.Count >= 3)
            run.Info("negative-only", negations[0].Span, $"{negations.Count} rules say only what not to do.", "Say what to do instead: models follow that more reliably.");
    }

    /// <summary>"Make it better" without an it.</summary>
    public static void AmbiguousStart(LintRun run)
    {
        if (run.Has(Feature.HasMaterial | Feature.Conversation | Feature.HasContext) || WordCounter.Count(run.Reading.Text) > 12 || run.Has(Feature.MissingText | Feature.MissingCode))
            return;
        foreach (var hit in run.Told("bare.deixis").Where(h => h.Span.Start < 16 && StandsAlone(run.Reading.Text, h.Span.End)).Take(1))
            run.Info("ambiguous-reference", hit.Span, $"It is not clear what “{Text(run, hit)}” stands for.", "Name it.");
    }

    /// <summary>World-class experts.</summary>
    public static void ExpertPersona(LintRun run)
    {
        if (run.Has(Feature.HasRole))
            foreach (var hit in run.Told("persona.expert").Take(1))
                run.Info("expert-persona", hit.Span, "Praise in a role does not make answers more accurate; it only changes their tone.", "Say what the answer must contain instead.");
    }

    /// <summary>Tips and threats.</summary>
    public static void Stakes(LintRun run)
    {
        foreach (var hit in run.Told("stakes").Take(2))
            run.Info("emotional-stakes", hit.Span, "Tips, threats and personal stakes show no reliable effect on current models.", "Leave it out.");
    }

    /// <summary>"Try to": may it fail?</summary>
    public static void Hedges(LintRun run)
    {
        foreach (var hit in run.Ordered("hedge").Concat(run.Told("hedge").Where(h => SentenceStart.At(run.Reading.Text, h.Span.Start) && !run.Has(Feature.Question))).DistinctBy(h => h.Span).Take(3))
            run.Info("hedged-instruction", hit.Span, $"“{Text(run, hit)}” leaves open whether it has to be done.", "Say it plainly, or say when it may be left out.");
    }

    /// <summary>"And so on" stands for what only the user knows.</summary>
    public static void OpenLists(LintRun run)
    {
        foreach (var hit in run.Ordered("openlist").Take(3))
            run.Info("open-ended-list", hit.Span, $"“{Text(run, hit)}” leaves the rest of the list to be guessed.", "Name what belongs to it, or the rule that decides.");
    }

    /// <summary>The same word twice in a row.</summary>
    public static void RepeatedWord(LintRun run)
    {
        foreach (var range in run.Reading.Layout.Instructions)
            foreach (var span in Doubled.In(run.Reading.Text, range).Take(5))
                run.Info("repeated-word", span, $"“{span.Of(run.Reading.Text).TrimStart()}” stands here twice.", "Keep one.", new(span, ""));
    }

    /// <summary>"You are a lawyer … You are a poet."</summary>
    public static void SeveralRoles(LintRun run)
    {
        var roles = run.Told("role").Where(h => SentenceStart.At(run.Reading.Text, h.Span.Start)).ToList();
        if (roles.Count > 1)
            run.Warn("several-roles", roles[1].Span, "The prompt gives the model more than one role.", "Keep one, or say who speaks when.");
    }

    // "This equation" names what it means; "this", "it more", "it sound" do not.
    static bool StandsAlone(string text, int end)
    {
        var at = CodeScanner.SkipSpaces(text, end);
        var stop = at;
        while (stop < text.Length && char.IsLetter(text[stop]))
            stop++;
        return stop == at || AfterPronoun.Contains(text[at..stop]);
    }

    static readonly HashSet<string> AfterPronoun = new(StringComparer.OrdinalIgnoreCase)
    {
        "more", "less", "better", "shorter", "longer", "nicer", "sound", "look", "for", "to", "so", "into", "with", "please", "again", "besser", "kürzer", "länger", "más", "mejor", "plus", "mieux", "mais", "melhor", "più", "meglio",
    };

    static string Text(LintRun run, LexiconHit hit) => hit.Span.Of(run.Reading.Text);
}
