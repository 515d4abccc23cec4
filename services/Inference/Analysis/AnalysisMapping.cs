using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Language;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Analysis;

/// <summary>From what models said to the answer of the contract.</summary>
internal static class AnalysisMapping
{
    private static readonly string[] Promised = [ModelCard.Intent, ModelCard.Domain, ModelCard.Complexity];

    /// <param name="readings">Of the serving version, and of those whose probabilities are averaged with its own.</param>
    /// <param name="language">Of the text.</param>
    public static AnalyzeResponse ToResponse(IReadOnlyList<PromptReading> readings, LanguageGuess language)
    {
        var first = readings[0];
        AnalyzeResponse response = new()
        {
            Language = language.Tag,
            LanguageConfidence = language.Confidence,
            Truncated = first.Tokens.Truncated,
            Tokens = first.Tokens.Ids.Length,
            ModelVersion = string.Join('+', readings.Select(reading => reading.Card.Version)),
            Timings = new()
            {
                TokenizeMs = first.Tokenized.TotalMilliseconds,
                QueueMs = first.Run.Queued.TotalMilliseconds,
                ComputeMs = first.Run.Computed.TotalMilliseconds,
                BatchSize = first.Run.BatchSize,
            },
            Intents = { Rank(readings, first.Card.Head(ModelCard.Intent)) },
            Domains = { Rank(readings, first.Card.Head(ModelCard.Domain)) },
            Complexities = { Rank(readings, first.Card.Head(ModelCard.Complexity)) },
            Heads = { first.Card.Heads.Where(head => !Promised.Contains(head.Name)).Select(head => new HeadPredictions { Name = head.Name, Predictions = { Rank(readings, head) } }) },
        };
        response.Attributions.AddRange(first.AttributionsTo(response.Intents[0].Label));
        return response;
    }

    // The mean of the calibrated probabilities of all versions that have the head.
    private static IEnumerable<Prediction> Rank(IReadOnlyList<PromptReading> readings, ModelHead head)
    {
        var mean = readings[0].ProbabilitiesOf(head);
        var count = 1;
        foreach (var reading in readings.Skip(1))
        {
            if (reading.Card.Heads.FirstOrDefault(other => other.Name == head.Name) is not { } own || !own.Labels.ToHashSet().SetEquals(head.Labels)) continue;
            var probabilities = reading.ProbabilitiesOf(own).Zip(own.Labels).ToDictionary(pair => pair.Second, pair => pair.First);
            for (var i = 0; i < mean.Length; i++) mean[i] += probabilities[head.Labels[i]];
            count++;
        }

        return mean.Select((sum, i) => new Prediction { Label = head.Labels[i], Probability = sum / count }).OrderByDescending(prediction => prediction.Probability);
    }
}
