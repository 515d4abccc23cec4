using PromptPlatform.Contracts.Enhancement.V1;
using InferenceAnswer = PromptPlatform.Contracts.Inference.V1.AnalyzeResponse;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>The words that moved the model, as the public answer.</summary>
internal static class AttributionMapping
{
    /// <summary>Adds them; nothing when Inference gave none or was away.</summary>
    public static void Add(AnalyzeResponse response, InferenceAnswer? answer)
    {
        if (answer is null || answer.Attributions.Count == 0)
            return;
        response.AttributedIntent = answer.Intents[0].Label;
        response.Attributions.AddRange(answer.Attributions.Select(a => new Attribution { Start = a.Start, End = a.End, Weight = a.Weight }));
    }
}
