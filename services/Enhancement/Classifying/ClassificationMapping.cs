using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Classifying;

/// <summary>Inference's answer as the engine reads it.</summary>
internal static class ClassificationMapping
{
    public const int MaxAlternatives = 3;

    public static Classification Read(AnalyzeResponse answer, double abstainBelow)
    {
        var intent = answer.Intents[0];
        var domain = answer.Domains[0];
        return new Classification(
            intent.Label,
            intent.Probability,
            answer.Intents.Skip(1).Take(MaxAlternatives).Select(p => (p.Label, (double)p.Probability)).ToArray(),
            domain.Label,
            domain.Probability,
            answer.Complexities[0].Label,
            intent.Probability < abstainBelow,
            answer.Truncated,
            answer.ModelVersion);
    }
}
