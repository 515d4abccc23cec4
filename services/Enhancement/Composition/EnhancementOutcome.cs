using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Safety;
using PromptPlatform.Enhancement.Scoring;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Something that only the user can say.</summary>
/// <param name="Slot">Stable name.</param>
/// <param name="Question">In the language of the prompt.</param>
/// <param name="Weight">0 to 1; the list is sorted by it.</param>
public sealed record MissingInformation(string Slot, string Question, double Weight);

/// <summary>What was read from the prompt.</summary>
/// <param name="Classification">Intent, domain and complexity.</param>
/// <param name="Language">One of the eight languages, or und.</param>
/// <param name="Entities">Up to 200, by position.</param>
/// <param name="Missing">Up to five, weightiest first.</param>
/// <param name="Lint">Up to 100, by position.</param>
public sealed record PromptAnalysis(
    Classification Classification, string Language, IReadOnlyList<PromptEntity> Entities,
    IReadOnlyList<MissingInformation> Missing, IReadOnlyList<LintFinding> Lint);

/// <summary>Another honest text for the same prompt.</summary>
/// <param name="Style">concise, standard or detailed.</param>
/// <param name="Text">The whole prompt.</param>
/// <param name="Techniques">Ids of what was applied.</param>
public sealed record PromptVariation(string Style, string Text, IReadOnlyList<string> Techniques);

/// <summary>An enhancement with its reasons and its proof.</summary>
/// <param name="Original">The prompt as it came.</param>
/// <param name="Enhanced">The better prompt; equal to <paramref name="Original"/> when it needs nothing.</param>
/// <param name="Analysis">What was read.</param>
/// <param name="Applied">By position in the enhanced text.</param>
/// <param name="NotApplied">Up to six, strongest candidate first.</param>
/// <param name="Scores">Before and after.</param>
/// <param name="Diff">Between the two texts.</param>
/// <param name="Edits">What turns the one into the other, to be accepted one by one; by place in the enhanced text.</param>
/// <param name="Invariants">What was proven.</param>
/// <param name="Safety">What the scan saw.</param>
/// <param name="Variations">Distinct from the enhanced text and from each other.</param>
/// <param name="TokensBefore">Estimated tokens of the original.</param>
/// <param name="TokensAfter">Estimated tokens of the enhanced text.</param>
/// <param name="PolicyVersion">Hash of the policy that chose.</param>
/// <param name="FellBack">Whether every composition failed its proof and the unchanged prompt was returned instead.</param>
/// <param name="Refusals">Why compositions were refused, each by one word of the checker; most often empty.</param>
public sealed record EnhancementOutcome(
    string Original, string Enhanced, PromptAnalysis Analysis, IReadOnlyList<AppliedTechnique> Applied,
    IReadOnlyList<DeclinedTechnique> NotApplied, PromptScores Scores, IReadOnlyList<DiffPart> Diff, IReadOnlyList<PromptEdit> Edits, InvariantReport Invariants,
    SafetyReport Safety, IReadOnlyList<PromptVariation> Variations, int TokensBefore, int TokensAfter, string PolicyVersion, bool FellBack, IReadOnlyList<string> Refusals);

/// <summary>A reading without an enhancement; the scores' two sides are equal.</summary>
public sealed record AnalysisOutcome(PromptAnalysis Analysis, PromptScores Scores, SafetyReport Safety, string PolicyVersion);
