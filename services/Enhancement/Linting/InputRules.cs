using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>What the model is given to work on.</summary>
internal static class InputRules
{
    const string NoMark = "Nothing shows where the text to work on begins and ends.";

    // A closing quotation of a few words is no text that a question could stand before.
    const int ShortEnd = 400;

    /// <summary>"Summarise the text below", and there is none.</summary>
    public static void MissingInput(LintRun run)
    {
        if (run.Has(Feature.AwaitsText) && run.Told("meeting").Concat(run.Told("textnoun")).Concat(run.Told("deixis")).FirstOrDefault() is { Span.Length: > 0 } spoken)
            run.Warn("missing-input", spoken.Span, $"“{spoken.Span.Of(run.Reading.Text)}” seems to speak of something that is not in the prompt.", "Paste it, or say where it is.");
        if (!run.Has(Feature.MissingText | Feature.MissingCode))
            return;
        var hit = run.Told(run.Has(Feature.MissingCode) ? "code.deixis" : "deixis").Concat(run.Told("bare.deixis")).First();
        run.Error("missing-input", hit.Span, $"“{hit.Span.Of(run.Reading.Text)}” refers to something that is not in the prompt.", "Paste it, or use a placeholder that is filled later.");
    }

    /// <summary>Pasted text that nothing sets apart from the instruction.</summary>
    public static void LooseMaterial(LintRun run)
    {
        if (run.Has(Feature.LooseMaterial) && run.Reading.Layout.Material is { } material)
            run.Info("undelimited-material", material.Span, NoMark, "Set it apart with a tag, a fence or quotation marks.");
        // Where the order ends only the user knows: this one is not mended.
        if (run.Has(Feature.RunOn))
            run.Info("undelimited-material", run.Reading.Layout.Instructions[0], NoMark, "Begin the text in a new line and set it apart with a tag, a fence or quotation marks.");
    }

    /// <summary>A long text after the question.</summary>
    public static void LateQuestion(LintRun run)
    {
        if (run.Has(Feature.LongMaterial) && run.Has(Feature.LeadFirst) && EndsInMaterial(run.Reading))
            run.Info("question-before-long-text", run.Reading.Layout.Parts[0].Span, "With a long text, models answer better when the question comes after it.", "Put the text first and the question last.");
    }

    static bool EndsInMaterial(PromptReading reading) =>
        reading.Layout.Given is [.., var last] && last.Length > ShortEnd && last.End >= reading.Text.AsSpan().TrimEnd().Length;

    /// <summary>A pasted text that gives orders.</summary>
    public static void Injection(LintRun run)
    {
        if (run.Has(Feature.HasMaterial))
            foreach (var order in Injections.In(run.Reading.Text, run.Reading.Layout.Given, run.Reading.Hits).Distinct().Take(3))
                run.Warn("instruction-in-material", order, "The text to work on contains an instruction that a model may follow.", "Mark the text as data.");
    }

    /// <summary>A placeholder that nobody has filled.</summary>
    public static void OpenPlaceholder(LintRun run)
    {
        foreach (var entity in run.Reading.Entities.Where(e => e.Kind == "placeholder" && e.Span.Of(run.Reading.Text).StartsWith("{{", StringComparison.Ordinal)).Take(10))
            run.Info("open-placeholder", entity.Span, $"{entity.Span.Of(run.Reading.Text)} is not filled in.", "Fill it before the prompt is sent.");
    }

    /// <summary>Keys and personal data.</summary>
    public static void Sensitive(LintRun run)
    {
        foreach (var finding in run.Reading.Safety.Findings.Take(10))
            if (finding.Category.StartsWith("secret", StringComparison.Ordinal))
                run.Error("leaked-secret", finding.Span, $"This looks like a secret ({finding.Category}).", "Replace it with a placeholder and revoke it if it has left your machine.");
            else
                run.Info("personal-data", finding.Span, $"This looks like personal data ({finding.Category}).", "Use a placeholder unless the task is about it.");
    }
}
