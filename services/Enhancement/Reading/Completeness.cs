namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells a prompt that already says how its answer is to be: every sentence more would only be in the way.</summary>
internal static class Completeness
{
    const int ShortPrompt = 18;
    const int FewestWords = 9;
    const int EnoughOfShort = 2;
    const int EnoughSaid = 3;
    const int SomeClauses = 6;

    /// <summary>Whether enough is said of form, size, reader, tone, rules and facts.</summary>
    public static bool Holds(Feature f, ToldWords told, int criteria)
    {
        if (told.Words < FewestWords || f.HasAny(Feature.MissingText | Feature.MissingCode | Feature.LooseMaterial))
            return false;
        var facts = told.Entities.Count(e => e.Kind is "number" or "quote" or "identifier" or "code");
        var rules = criteria + told.Of("neg").Count();
        var said = Point(f, Feature.HasFormat | Feature.HasDataFormat | Feature.HasForm) + Point(f, Feature.AnswerOnly) + Point(f, Feature.HasLength | Feature.HasCount) + Point(f, Feature.HasAudience)
            + Point(f, Feature.HasTone) + Points(rules >= 1) + Points(rules >= 3) + Point(f, Feature.HasExamples) + Point(f, Feature.HasRole) + Point(f, Feature.HasError | Feature.HasExpected)
            + Point(f, Feature.HasSteps) + Point(f, Feature.SaysUnsure) + Point(f, Feature.HasTargetLanguage) + Points(facts >= 3) + Points(told.Words >= 60) + Points(Clauses(told.Instruction) >= SomeClauses);
        return said >= (told.Words < ShortPrompt ? EnoughOfShort : EnoughSaid);
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
