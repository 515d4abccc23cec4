using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Scoring;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>The engine: pure, deterministic, in process. Thread-safe; one instance serves everybody.</summary>
/// <remarks>Order: <see cref="Read"/>, then <see cref="Select"/> with a classification, then <see cref="Compose"/>; <see cref="Enhance"/> does the last two.</remarks>
public sealed class PromptEnhancer(TechniquePolicy policy)
{
    readonly PromptReader reader = new(Lexicons.Shipped);

    /// <summary>Hash of the policy that chooses.</summary>
    public string PolicyVersion => policy.Version;

    internal TechniquePolicy Policy => policy;

    /// <summary>Reads the prompt: language, entities, weaknesses, personal data. Needs no classification.</summary>
    public PromptReading Read(PromptInput input) => string.IsNullOrWhiteSpace(input.System) ? reader.Read(input)
        : SystemMessage.Settles(reader.Read(input), reader.Read(PromptInput.Of(input.System)));

    /// <summary>Chooses the techniques. First half of <see cref="Enhance"/>, to be timed apart.</summary>
    public TechniquePlan Select(PromptInput input, PromptReading reading, Classification classification, TechniqueCatalog techniques) =>
        TechniqueSelector.Select(policy, input, reading, classification, techniques);

    /// <summary>Writes the prompt, proves it and scores it. Second half of <see cref="Enhance"/>.</summary>
    /// <remarks>A composition that fails its proof is never returned: a smaller plan is tried, and at last the unchanged prompt comes back; <see cref="EnhancementOutcome.Refusals"/> tells.</remarks>
    public EnhancementOutcome Compose(PromptInput input, PromptReading reading, Classification classification, TechniquePlan plan, TechniqueCatalog techniques)
    {
        var refusals = new List<string>();
        var proven = ProofLadder.Steps(plan.Rules).Select(r => Proven(input, reading, classification, plan with { Rules = r }, techniques, refusals)).FirstOrDefault(p => p is not null);
        var text = proven?.Text ?? reading.Text;
        var variations = text == reading.Text ? [] : VariationWriter.Write(input, text, style =>
        {
            var other = input with { Style = style };
            return (other, Select(other, reading, classification, techniques));
        }, (other, chosen) => Proven(other, reading, classification, chosen, techniques, refusals)?.Text);
        return new(
            reading.Text, text, Describe(reading, classification, plan.Missing), proven is null ? [] : Explanation.Applied(proven.Edits.All, proven.Enhanced, policy, techniques),
            plan.Declined, Score(input, reading, text), proven?.Enhanced.Diff ?? [new("keep", text)], proven?.Edits.All ?? [],
            proven?.Report ?? OutputProof.Unchanged(reading.Text, reading.Language, input.Locked), reading.Safety, variations,
            TokenEstimate.Of(reading.Text, input.Target.Family, reading.Language), TokenEstimate.Of(text, input.Target.Family, reading.Language), policy.Version, proven is null && refusals.Count > 0, refusals);
    }

    /// <summary>Select, then compose.</summary>
    public EnhancementOutcome Enhance(PromptInput input, PromptReading reading, Classification classification, TechniqueCatalog techniques) =>
        Compose(input, reading, classification, Select(input, reading, classification, techniques), techniques);

    /// <summary>The reading without an enhancement.</summary>
    public AnalysisOutcome Analyze(PromptInput input, PromptReading reading, Classification classification) =>
        new(Describe(reading, classification, Select(input, reading, classification, TechniqueCatalog.Empty).Missing), Score(input, reading, reading.Text), reading.Safety, policy.Version);

    /// <summary>The scores of the prompt and of <paramref name="changed"/>, which came of it.</summary>
    public PromptScores Score(PromptInput input, string changed) => Score(input, Read(input), changed);

    sealed record Proof(EditSet Edits, AppliedEdits Enhanced, InvariantReport Report)
    {
        public string Text => Enhanced.Text;
    }

    Proof? Proven(PromptInput input, PromptReading reading, Classification classification, TechniquePlan plan, TechniqueCatalog techniques, List<string> refusals)
    {
        if (plan.Rules.Count == 0 || LanguagePack.For(reading.Language) is not { } pack)
            return null;
        var edits = PromptComposer.Compose(input, reading, plan.Rules, pack);
        var enhanced = edits.ApplyAll();
        var text = enhanced.Text;
        if (text == reading.Text || text.Length > 2 * PromptInput.MaxLength)
            return null;
        var (report, refusal) = OutputProof.Check(reading.Text, text, reading.Language, input.Locked);
        if (refusal is null && !IsStable(input, text, classification, techniques))
            refusal = "unstable";
        if (refusal is not null)
            refusals.Add(refusal);
        return refusal is null ? new(edits, enhanced, report!) : null;
    }

    // Enhancing the enhanced prompt must change nothing. The engine's own sentences settle that; a text that was only rearranged is tried.
    bool IsStable(PromptInput input, string text, Classification classification, TechniqueCatalog techniques)
    {
        if (EngineForm.Keys(text).Count > 0)
            return true;
        var again = input with { Prompt = text, Locked = [], Variations = 0 };
        var reading = Read(again);
        var plan = Select(again, reading, classification, techniques);
        return plan.Rules.Count == 0 || LanguagePack.For(reading.Language) is { } pack && PromptComposer.Compose(again, reading, plan.Rules, pack).ApplyAll().Text == text;
    }

    // The same function of both texts; only what was changed inside the user's words has to be read again.
    internal PromptScores Score(PromptInput input, PromptReading reading, string after)
    {
        var was = ScoredText.Of(reading.Text);
        var before = new ScoreCard(Core(input, reading, was), was.Keys);
        if (ReferenceEquals(after, reading.Text))
            return ScoreCard.Of(before, before);
        var now = ScoredText.Of(after);
        return ScoreCard.Of(before, new ScoreCard(Core(input, reading, now), now.Keys));
    }

    PromptReading Core(PromptInput input, PromptReading reading, ScoredText text) =>
        text.Core.AsSpan().TrimEnd().SequenceEqual(reading.Text.AsSpan().TrimEnd()) ? reading : Read(input with { Prompt = text.Core, Locked = [] });

    static PromptAnalysis Describe(PromptReading reading, Classification classification, IReadOnlyList<MissingInformation> missing) =>
        new(classification, reading.Language, reading.Entities, missing, reading.Lint);
}
