using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Safety;
using PromptPlatform.Enhancement.Scoring;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>The engine: pure, deterministic, in process. Thread-safe; one instance serves everybody.</summary>
public sealed class PromptEnhancer(TechniquePolicy policy)
{
    readonly PromptReader reader = new(Lexicons.Shipped);

    /// <summary>Hash of the policy that chooses.</summary>
    public string PolicyVersion => policy.Version;

    /// <summary>Reads the prompt: language, entities, weaknesses, personal data. Needs no classification.</summary>
    public PromptReading Read(PromptInput input) => reader.Read(input);

    /// <summary>Chooses the techniques. First half of <see cref="Enhance"/>, to be timed apart.</summary>
    public TechniquePlan Select(PromptInput input, PromptReading reading, Classification classification, TechniqueCatalog techniques) => new([], policy.Version);

    /// <summary>Writes the prompt, proves it and scores it. Second half of <see cref="Enhance"/>.</summary>
    public EnhancementOutcome Compose(PromptInput input, PromptReading reading, Classification classification, TechniquePlan plan, TechniqueCatalog techniques) =>
        new(input.Prompt, input.Prompt, Describe(reading, classification), [], plan.Declined, new PromptScores(0, 0, []),
            [new DiffPart("keep", input.Prompt)], new InvariantReport("none", "none", "none", "none", "none", "none", "none", "kept", "none"),
            reading.Safety, [], 0, 0, policy.Version, false);

    /// <summary>Select, then compose.</summary>
    public EnhancementOutcome Enhance(PromptInput input, PromptReading reading, Classification classification, TechniqueCatalog techniques) =>
        Compose(input, reading, classification, Select(input, reading, classification, techniques), techniques);

    /// <summary>The reading without an enhancement.</summary>
    public AnalysisOutcome Analyze(PromptInput input, PromptReading reading, Classification classification) =>
        new(Describe(reading, classification), new PromptScores(0, 0, []), reading.Safety, policy.Version);

    static PromptAnalysis Describe(PromptReading reading, Classification classification) =>
        new(classification, reading.Language, reading.Entities, Array.Empty<MissingInformation>(), reading.Lint);
}
