using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Attribution;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Language;
using PromptPlatform.Inference.Models;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Inference.Analysis;

/// <summary>Intent, domain, complexity and language of one prompt, and on demand the words that the intent was read from.</summary>
internal sealed class AnalyzePrompt(ServedModels served, TimeProvider clock, IOptions<InferenceOptions> options)
{
    /// <summary>Most UTF-16 units of a prompt.</summary>
    public const int MaxLength = 32_768;

    /// <exception cref="RequestException">The text is empty or too long, the queue is full, or no model serves.</exception>
    public async Task<AnalyzeResponse> HandleAsync(AnalyzeRequest request, CancellationToken cancellation)
    {
        TextRules.RequireText("text", request.Text, MaxLength);
        var serving = served.Hold(request.ModelVersion) ?? throw Missing(request.ModelVersion);
        try
        {
            return await ReadAsync(serving, request, cancellation);
        }
        finally
        {
            serving.LetGo();
        }
    }

    private static RequestException Missing(string version) => version.Length == 0
        ? RequestException.Unavailable("the prompt model")
        : RequestException.Unprocessable("model_not_loaded", "modelVersion: that version is not in memory; put it into stage shadow or canary first");

    private async Task<AnalyzeResponse> ReadAsync(ServingModel serving, AnalyzeRequest request, CancellationToken cancellation)
    {
        // 1 tokenize  2 queue and run  3 answer
        var (model, metrics) = (serving.Model, serving.Metrics);
        var started = clock.GetTimestamp();
        var tokens = request.Attributions ? PromptTokens.ReadWithRanges(model, request.Text) : PromptTokens.Read(model, request.Text);
        var occlusion = request.Attributions ? Plan(model, request.Text, tokens) : null;
        var tokenized = clock.GetElapsedTime(started);
        metrics.Tokenized(tokenized);

        // 2
        var reply = serving.Batcher.TryEnqueue(tokens.Ids, occlusion?.Variants ?? [], cancellation)
            ?? throw RequestException.Exhausted("inference_full", "the queue of the prompt model is full; try again", TimeSpan.FromSeconds(1));
        var language = LanguageDetector.Detect(request.Text);

        // A caller who leaves is let go at once; its prompt is dropped when a worker comes by.
        var run = await reply.WaitAsync(cancellation);

        // 3
        var response = AnalysisMapping.ToResponse(model.Card, run, language, tokenized, tokens);
        if (occlusion is not null) response.Attributions.AddRange(occlusion.Weigh(model.Card, run.Logits, TopIntent(model.Card, response)));
        metrics.Analyzed(clock.GetElapsedTime(started), response.Intents[0].Probability);
        return response;
    }

    private Occlusion Plan(LoadedModel model, string text, PromptTokens tokens) => Occlusion.Plan(
        tokens.Ids, PromptWord.Split(text, tokens.Ranges), tokens.Truncated ? model.Card.HeadTokens : null, model.Tokenizer.UnknownId, options.Value.Batching.AttributionTokens,
        BatchingOptions.MinAttributionRows, BatchingOptions.MaxAttributionRows);

    private static int TopIntent(ModelCard card, AnalyzeResponse response)
    {
        var labels = card.Head(ModelCard.Intent).Labels;
        return Enumerable.Range(0, labels.Count).First(i => labels[i] == response.Intents[0].Label);
    }
}
