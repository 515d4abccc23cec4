namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells a prompt that already says how its answer is to be: every sentence more would only be in the way.</summary>
internal static class Completeness
{
    const int FewestWords = 18;
    const int EnoughSaid = 3;

    /// <summary>Whether enough is said of form, size, reader, tone, rules and facts.</summary>
    public static bool Holds(Feature f, int words, int criteria, LexiconHits hits, IReadOnlyList<TextSpan> told, IReadOnlyList<PromptEntity> entities)
    {
        if (words < FewestWords || f.HasAny(Feature.MissingText | Feature.MissingCode | Feature.NoTask | Feature.LooseMaterial))
            return false;
        bool Says(string category) => hits.HasIn(category, told);
        bool Has(Feature any) => f.HasAny(any);
        var facts = entities.Count(e => e.Kind is "number" or "quote" or "identifier" or "code" && told.Any(r => r.Contains(e.Span)));
        var rules = criteria + hits.Of("neg").Count(h => told.Any(r => r.Contains(h.Span)));
        return Points(Has(Feature.HasFormat | Feature.HasDataFormat)) + Points(Says("only")) + Points(Has(Feature.HasLength)) + Points(Has(Feature.HasAudience)) + Points(Has(Feature.HasTone))
            + Points(rules >= 1) + Points(rules >= 3) + Points(Has(Feature.HasExamples)) + Points(Has(Feature.HasRole)) + Points(Has(Feature.HasError | Feature.HasExpected))
            + Points(Has(Feature.HasSteps)) + Points(facts >= 3) + Points(words >= 60) >= EnoughSaid;
    }

    static int Points(bool holds) => holds ? 1 : 0;
}
