using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>What a model cannot know or open on its own.</summary>
internal static class KnowledgeRules
{
    /// <summary>Today, the latest, currently.</summary>
    public static void Freshness(LintRun run)
    {
        if (run.Has(Feature.Math | Feature.Logic | Feature.HasMaterial | Feature.HasExamples | Feature.Greeting))
            return;
        foreach (var hit in run.Told("fresh").Take(2))
            run.Info("relative-date", hit.Span, $"“{hit.Span.Of(run.Reading.Text)}”: a model knows neither today's date nor what happened after its training.", "Give the date, or paste the facts.");
    }

    /// <summary>An address instead of the text.</summary>
    public static void Links(LintRun run)
    {
        if (run.Has(Feature.HasMaterial) || !run.Told("transform").Any())
            return;
        foreach (var link in run.Reading.Entities.Where(e => e.Kind == "url").Take(2))
            run.Info("unread-link", link.Span, "A model without a browser cannot open this and may invent what stands there.", "Paste the text.");
    }

    /// <summary>An attachment that has to come along.</summary>
    public static void Attachments(LintRun run)
    {
        if (!run.Has(Feature.HasMaterial))
            foreach (var hit in run.Told("attached").Take(1))
                run.Info("attachment", hit.Span, "The file is no part of the prompt; it must be sent along with it.", "Send it along, or paste what matters.");
    }

    /// <summary>"Do not hallucinate."</summary>
    public static void Hallucination(LintRun run)
    {
        foreach (var hit in run.Told("nohallucination").Take(1))
            run.Info("no-hallucination-order", hit.Span, "A model does not know when it invents something, so it cannot obey this.", "Say where answers may come from, and what to write when it is not there.");
    }
}
