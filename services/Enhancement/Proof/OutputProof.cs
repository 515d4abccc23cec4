using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>What a proof came to.</summary>
/// <param name="Report">What was kept; null when the output is refused.</param>
/// <param name="Refusal">Why it is refused, as a label of the metric; null when it is proven.</param>
internal readonly record struct Verdict(InvariantReport? Report, string? Refusal);

/// <summary>Proves of any two texts that the second is the user's, byte for byte, and beside it only lines of one language pack. Asks neither the reader nor the composer.</summary>
internal static class OutputProof
{
    /// <summary>Checks a candidate.</summary>
    /// <param name="original">The prompt as it came.</param>
    /// <param name="enhanced">The candidate.</param>
    /// <param name="language">Of what may be added.</param>
    /// <param name="locked">Ranges of the original that must stay in one piece.</param>
    public static Verdict Check(string original, string enhanced, string language, IReadOnlyList<TextSpan> locked) =>
        PackGrammar.For(language) is { } grammar ? Check(original, enhanced, language, grammar, locked)
            : original == enhanced ? new(Unchanged(original, language, locked), null) : new(null, "language");

    static Verdict Check(string original, string enhanced, string language, PackGrammar grammar, IReadOnlyList<TextSpan> locked)
    {
        // 1 parse  2 frame  3 order  4 values  5 report
        var seams = new Seams(original);
        if (new OutputParser(seams, enhanced, grammar).Parse() is not { } output) // 1
            return new(null, "provenance");
        if (!FrameCheck.IsSound(output, original)) // 2
            return new(null, "frame");
        if (!OrderCheck.KeepsLocked(output, original, enhanced, locked)) // 3
            return new(null, "locked");
        if (!OrderCheck.KeepsCode(output, seams))
            return new(null, "code");
        if (!OrderCheck.KeepsSteps(output, original))
            return new(null, "order");
        var negations = Negations.Of(language); // 4
        var was = ValueCheck.Of(original, negations, null);
        var own = OwnLines.Of(original, enhanced, grammar);
        var now = ValueCheck.Of(enhanced, negations, own.Contains);
        var report = Report(was, seams.Fences.Count > 0, locked.Count > 0); // 5
        if (own.NamesPlaceholderOf(original, was))
            return new(null, "placeholder");
        return ValueCheck.Difference(original, was, enhanced, now, output.IsMoved) is { } kind ? new(null, Label(kind)) : new(report, null);
    }

    /// <summary>The report of a prompt that comes back as it is.</summary>
    public static InvariantReport Unchanged(string original, string language, IReadOnlyList<TextSpan> locked) =>
        Report(ValueCheck.Of(original, Negations.Of(language), null), FencedRanges.Of(original).Count > 0, locked.Count > 0);

    static InvariantReport Report(List<Value> values, bool fenced, bool locked)
    {
        string Has(bool any) => any ? "kept" : "none";
        string Of(ValueKind kind) => Has(values.Exists(v => v.Kind == kind));
        return new(
            Of(ValueKind.Identifier), Of(ValueKind.Number), Of(ValueKind.Url), fenced ? "kept" : Of(ValueKind.Code), Of(ValueKind.Placeholder),
            Of(ValueKind.Negation), Of(ValueKind.Quote), "kept", Has(locked));
    }

    static string Label(ValueKind kind) => kind switch
    {
        ValueKind.Identifier => "identifier",
        ValueKind.Number => "number",
        ValueKind.Url => "url",
        ValueKind.Code => "code",
        ValueKind.Placeholder => "placeholder",
        ValueKind.Quote => "quote",
        ValueKind.Negation => "negation",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "is no kind"),
    };
}
