using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What was chosen for a prompt and what was decided against.</summary>
/// <param name="Declined">Up to six, strongest candidate first.</param>
/// <param name="Missing">What only the user can say, weightiest first.</param>
/// <param name="PolicyVersion">Hash of the policy that chose.</param>
public sealed record TechniquePlan(IReadOnlyList<DeclinedTechnique> Declined, IReadOnlyList<MissingInformation> Missing, string PolicyVersion)
{
    /// <summary>Rules to apply, strongest first.</summary>
    internal IReadOnlyList<PolicyRule> Rules { get; init; } = [];
}
