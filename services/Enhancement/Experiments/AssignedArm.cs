using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>The arm of an experiment that a unit fell into.</summary>
/// <param name="ExperimentId">exp_…</param>
/// <param name="Revision">Of the experiment.</param>
/// <param name="Arm">Its key.</param>
/// <param name="Overlay">Laid over the organisation's policy; empty for the control.</param>
/// <param name="Unit">Hash of the unit within the experiment.</param>
internal sealed record AssignedArm(string ExperimentId, int Revision, string Arm, PolicyOverlay Overlay, long Unit);
