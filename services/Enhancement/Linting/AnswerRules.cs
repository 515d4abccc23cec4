using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>What is asked for without saying what it is.</summary>
internal static class AnswerRules
{
    /// <summary>JSON, and no word on what is in it.</summary>
    public static void JsonWithoutFields(LintRun run)
    {
        if (run.Has(Feature.CodeMaterial | Feature.HasExamples) || run.Told("fields").Any() || run.Reading.Entities.Any(e => e.Kind is "code" or "identifier" or "quote" or "placeholder")
            || run.Reading.Text.AsSpan().IndexOfAny('{', '[') >= 0 || run.Told("i.code_generation").Any(h => h.Weight > 1))
            return;
        if (run.Told("json").FirstOrDefault() is { Span.Length: > 0 } hit && run.Told("transform").Any())
            run.Info("json-without-fields", hit.Span, "Nothing says which fields the JSON has; every answer will have others.", "Name the fields and their types, or give one example.");
    }

    /// <summary>One to ten, and what is ten?</summary>
    public static void ScaleWithoutAnchors(LintRun run)
    {
        if (run.Has(Feature.Scale) && run.Told("scale").FirstOrDefault() is { Span.Length: > 0 } hit)
            run.Info("scale-without-anchors", hit.Span, "Nothing says what the ends of the scale mean; scores drift to the upper middle.", "Describe the lowest and the highest, better each step.");
    }

    /// <summary>"Classify these", into what?</summary>
    public static void ClassesNotNamed(LintRun run)
    {
        if (!run.Has(Feature.HasLabels | Feature.HasExamples | Feature.HasMaterial | Feature.Expert) && !run.Told("sorted").Any() && run.Told("classify").FirstOrDefault() is { Span.Length: > 0 } hit)
            run.Info("classes-not-named", hit.Span, "The classes are not named; a model makes up its own, others each time.", "List them, with one line on where each ends.");
    }

    /// <summary>"Translate this", into which language?</summary>
    public static void LanguageNotNamed(LintRun run)
    {
        if (!run.Has(Feature.HasTargetLanguage) && !run.Told("langname").Any() && !run.Told("tongue").Any() && run.Told("translate").FirstOrDefault() is { Span.Length: > 0 } hit)
            run.Warn("language-not-named", hit.Span, "Nothing says into which language.", "Name it.");
    }
}
