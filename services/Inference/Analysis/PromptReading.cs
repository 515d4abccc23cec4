using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Attribution;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Inference.Analysis;

/// <summary>What one version of the model said of a prompt.</summary>
/// <param name="Model">The version.</param>
/// <param name="Tokens">What it read.</param>
/// <param name="Tokenized">How long the cutting took.</param>
/// <param name="Occlusion">The variants that it read too; null when nobody asked for the words.</param>
/// <param name="Run">Its answer.</param>
internal sealed record PromptReading(ServingModel Model, PromptTokens Tokens, TimeSpan Tokenized, Occlusion? Occlusion, BatchReply Run)
{
    public ModelCard Card => Model.Model.Card;

    /// <summary>Lets a model read a text.</summary>
    /// <param name="model">Held by the caller.</param>
    /// <param name="text">The prompt.</param>
    /// <param name="attributionTokens">Tokens for finding the words; 0: nobody asked for them.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="cancellation">The caller has left.</param>
    /// <exception cref="RequestException">The queue of the model is full.</exception>
    public static async Task<PromptReading> TakeAsync(ServingModel model, string text, int attributionTokens, TimeProvider clock, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var tokens = attributionTokens > 0 ? PromptTokens.ReadWithRanges(model.Model, text) : PromptTokens.Read(model.Model, text);
        var occlusion = attributionTokens > 0 ? Occlusion.Plan(model.Model, text, tokens, attributionTokens) : null;
        var tokenized = clock.GetElapsedTime(started);
        model.Metrics.Tokenized(tokenized);
        var reply = model.Batcher.TryEnqueue(tokens.Ids, occlusion?.Variants ?? [], cancellation)
            ?? throw RequestException.Exhausted("inference_full", "the queue of the prompt model is full; try again", TimeSpan.FromSeconds(1));

        // A caller who leaves is let go at once; its prompt is dropped when a worker comes by.
        return new(model, tokens, tokenized, occlusion, await reply.WaitAsync(cancellation));
    }

    /// <summary>Calibrated probabilities of a head, in the order of its labels.</summary>
    public float[] ProbabilitiesOf(ModelHead head)
    {
        var probabilities = new float[head.Labels.Count];
        head.Calibrate(Run.Logits.AsSpan(Card.OffsetOf(head), probabilities.Length), probabilities);
        return probabilities;
    }

    /// <summary>Which words spoke for an intent; empty when nobody asked.</summary>
    public IEnumerable<Contracts.Inference.V1.Attribution> AttributionsTo(string intent)
    {
        var labels = Card.Head(ModelCard.Intent).Labels;
        var index = Enumerable.Range(0, labels.Count).First(i => labels[i] == intent);
        return Occlusion?.Weigh(Card, Run.Logits, index) ?? [];
    }
}
