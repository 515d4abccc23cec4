namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What was chosen for a prompt and what was decided against.</summary>
/// <param name="Declined">Strongest candidate first.</param>
/// <param name="PolicyVersion">Hash of the policy that chose.</param>
public sealed record TechniquePlan(IReadOnlyList<DeclinedTechnique> Declined, string PolicyVersion);
