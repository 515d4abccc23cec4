using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>How the prompt is built and how loud it is.</summary>
internal static class ShapeRules
{
    const int ManyInstructions = 12;
    static readonly System.Buffers.SearchValues<char> SentenceEnds = System.Buffers.SearchValues.Create(".!?\n。！？");

    /// <summary>Words in capitals that are hardly abbreviations.</summary>
    public static void Shouting(LintRun run)
    {
        var words = UpperWords(run).Take(10).ToList();
        // Two in a row are loud; single ones may be abbreviations.
        if (words.Count >= 4 || words.Zip(words.Skip(1)).Any(p => p.Second.Start - p.First.End <= 2))
            run.Info("shouting", words[0], $"{words.Count} words are written in capitals; current models over-react to emphasis.", "Write them normally.");
    }

    /// <summary>Rows of exclamation marks.</summary>
    public static void Exclamations(LintRun run)
    {
        var at = run.Reading.Text.IndexOf("!!", StringComparison.Ordinal);
        if (at >= 0 && run.Reading.Layout.Instructions.Any(r => r.Contains(new(at, at + 2))))
            run.Info("exclamation", new(at, at + 2), "Repeated exclamation marks add emphasis, not information.", "Use one.", new(new(at, End(run.Reading.Text, at)), "!"));
    }

    /// <summary>A sentence that stands twice.</summary>
    public static void Repetition(LintRun run)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var range in run.Reading.Layout.Instructions)
            for (var at = range.Start; at < range.End;)
            {
                var stop = run.Reading.Text.AsSpan(at, range.End - at).IndexOfAny(SentenceEnds);
                var end = stop < 0 ? range.End : at + stop + 1;
                var sentence = run.Reading.Text[at..end].Trim();
                if (sentence.Length > 20 && !seen.Add(sentence))
                    run.Info("repetition", new(at, end), "This sentence stands here twice.", "Keep one.", run.Without(new(at, end)));
                at = end;
            }
    }

    /// <summary>More rules than a model keeps.</summary>
    public static void InstructionLoad(LintRun run)
    {
        var rules = run.Told("criteria").ToList();
        if (rules.Count >= ManyInstructions)
            run.Info("instruction-load", rules[^1].Span, $"About {rules.Count} rules in one prompt: the more there are, the more are missed.", "Drop those that do not matter, or split the task.");
    }

    /// <summary>Several questions in one.</summary>
    public static void SeveralTasks(LintRun run)
    {
        if (run.Has(Feature.MixedTasks) || run.Has(Feature.MultipleTasks) && !run.Has(Feature.Expert | Feature.Math | Feature.Logic | Feature.HasMaterial))
            run.Info("several-tasks", run.Reading.Layout.Parts[0].Span, "The prompt asks for several things at once.", "Number them, or send them one by one.");
    }

    /// <summary>One or two words that are no task.</summary>
    public static void NoTask(LintRun run)
    {
        if (run.Has(Feature.NoTask) && !run.Has(Feature.Greeting))
            run.Warn("no-task", new(0, run.Reading.Text.Length), "The prompt names no task.", "Say what the model should do.");
    }

    static int End(string text, int at)
    {
        while (at < text.Length && text[at] == '!')
            at++;
        return at;
    }

    static IEnumerable<TextSpan> UpperWords(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var range in run.Reading.Layout.Instructions)
            for (var i = range.Start; i < range.End; i++)
            {
                if (!char.IsUpper(text[i]))
                    continue;
                var end = i;
                while (end < range.End && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '\''))
                    end++;
                if (end - i >= 4 && text.AsSpan(i, end - i).ContainsAnyExceptInRange('A', 'Z') is false)
                    yield return new(i, end);
                i = end;
            }
    }
}
