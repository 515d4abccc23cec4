namespace PromptPlatform.Events;

/// <summary>An experiment that an enhancement fell under.</summary>
/// <param name="ExperimentId">exp_…</param>
/// <param name="Arm">Key of the arm.</param>
/// <param name="Unit">Hash of who was assigned, of use within this experiment only: it tells units apart and names nobody.</param>
public sealed record ExperimentExposure(string ExperimentId, string Arm, long Unit);
