using Google.Protobuf.Collections;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Language;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Analysis;

/// <summary>From logits to the answer of the contract.</summary>
internal static class AnalysisMapping
{
    public static AnalyzeResponse ToResponse(ModelCard card, in BatchReply run, LanguageGuess language, TimeSpan tokenized, PromptTokens tokens)
    {
        AnalyzeResponse response = new()
        {
            Language = language.Tag,
            LanguageConfidence = language.Confidence,
            Truncated = tokens.Truncated,
            Tokens = tokens.Ids.Length,
            ModelVersion = card.Version,
            Timings = new()
            {
                TokenizeMs = tokenized.TotalMilliseconds,
                QueueMs = run.Queued.TotalMilliseconds,
                ComputeMs = run.Computed.TotalMilliseconds,
                BatchSize = run.BatchSize,
            },
        };
        AddRanked(response.Intents, card, card.Head(ModelCard.Intent), run.Logits);
        AddRanked(response.Domains, card, card.Head(ModelCard.Domain), run.Logits);
        AddRanked(response.Complexities, card, card.Head(ModelCard.Complexity), run.Logits);
        return response;
    }

    private static void AddRanked(RepeatedField<Prediction> predictions, ModelCard card, ModelHead head, float[] logits)
    {
        var count = head.Labels.Count;
        Span<float> probabilities = stackalloc float[count];
        head.Calibrate(logits.AsSpan(card.OffsetOf(head), count), probabilities);
        Span<int> order = stackalloc int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        probabilities.Sort(order, static (a, b) => b.CompareTo(a));
        predictions.Capacity = count;
        for (var i = 0; i < count; i++) predictions.Add(new Prediction { Label = head.Labels[order[i]], Probability = probabilities[i] });
    }
}
