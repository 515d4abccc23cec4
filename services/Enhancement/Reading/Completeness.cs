namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells a prompt that already says how its answer is to be: every sentence more would only be in the way.</summary>
internal static class Completeness
{
    const int ShortPrompt = 30;
    const int TinyAnswerWords = 22;
    const int FewestWords = 7;
    const int EnoughOfShort = 2;
    const int EnoughSaid = 3;
    const int SomeClauses = 4;

    /// <summary>Whether enough is said of form, size, reader, tone, rules and facts.</summary>
    public static bool Holds(Feature f, ToldWords told, int criteria)
    {
        if (f.HasAny(Feature.MissingText | Feature.MissingCode | Feature.LooseMaterial))
            return false;
        // Worked lines are asked for, or the answer is to be a line or two: scaffolding would outgrow it.
        if (f.HasAll(Feature.Math | Feature.HasSteps) || told.Words <= TinyAnswerWords && told.Says("answer.tiny") || f.HasAll(Feature.Tiny | Feature.HasMaterial))
            return true;
        var facts = told.Entities.Count(e => e.Kind is "number" or "quote" or "identifier" or "code");
        var rules = criteria + told.Of("neg").Count();
        var said = Point(f, Feature.HasFormat | Feature.HasDataFormat | Feature.HasForm) + Point(f, Feature.AnswerOnly) + Point(f, Feature.HasLength | Feature.HasCount) + Point(f, Feature.HasAudience)
            + Point(f, Feature.HasTone) + Points(rules >= 1) + Points(rules >= 3) + Point(f, Feature.HasExamples) + Point(f, Feature.HasRole) + Point(f, Feature.HasError | Feature.HasExpected)
            + Point(f, Feature.HasSteps) + Point(f, Feature.SaysUnsure) + Point(f, Feature.HasTargetLanguage) + Points(f.HasAny(Feature.HasLabels) && told.Says("classify")) + Points(told.Says("sortorder")) + Points(facts >= 3) + Points(told.Words >= 60) + Points(Clauses(told.Instruction) >= SomeClauses);
        return told.Words >= FewestWords && said >= (told.Words < ShortPrompt ? EnoughOfShort : EnoughSaid);
    }

    // What is said piece by piece, whatever the words: "two roles, stage directions, for the summer party".
    internal static int Clauses(string instruction)
    {
        var clauses = 0;
        foreach (var part in instruction.AsSpan().SplitAny(Marks))
            if (WordCounter.Count(instruction.AsSpan()[part]) >= 2)
                clauses++;
        return clauses;
    }

    static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create(",;.:!?\n、，。；：！？");

    static int Point(Feature f, Feature any) => Points(f.HasAny(any));

    static int Points(bool holds) => holds ? 1 : 0;
}
