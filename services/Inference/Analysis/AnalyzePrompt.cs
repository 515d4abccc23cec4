using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Language;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Tokenization;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Inference.Analysis;

/// <summary>Intent, domain, complexity and language of one prompt.</summary>
internal sealed class AnalyzePrompt(ServedModel served, TimeProvider clock, InferenceMetrics metrics)
{
    /// <summary>Most UTF-16 units of a prompt.</summary>
    public const int MaxLength = 32_768;

    /// <exception cref="RequestException">The text is empty or too long, the queue is full, or no model serves.</exception>
    public async Task<AnalyzeResponse> HandleAsync(AnalyzeRequest request, CancellationToken cancellation)
    {
        // 1 admit  2 tokenize  3 queue and run  4 answer
        TextRules.RequireText("text", request.Text, MaxLength);
        var serving = served.Current ?? throw RequestException.Unavailable("the prompt model");
        var started = clock.GetTimestamp();

        // 2
        var ids = Tokenize(serving.Model, request.Text, out var truncated);
        var tokenized = clock.GetElapsedTime(started);

        // 3
        var reply = serving.Batcher.TryEnqueue(ids, cancellation)
            ?? throw RequestException.Exhausted("inference_full", "the queue of the prompt model is full; try again", TimeSpan.FromSeconds(1));
        var language = LanguageDetector.Detect(request.Text);

        // A caller who leaves is let go at once; its prompt is dropped when a worker comes by.
        var run = await reply.WaitAsync(cancellation);

        // 4
        metrics.Analyzed(clock.GetElapsedTime(started));
        return AnalysisMapping.ToResponse(serving.Model.Card, run, language, tokenized, ids.Length, truncated);
    }

    private static int[] Tokenize(LoadedModel model, string text, out bool truncated)
    {
        Rented<int> ids = new(text.Length + 8);
        try
        {
            model.Tokenizer.Encode(text, ref ids);
            // A prompt of nothing but signs that mean a space has no token; the model was trained to read it as unknown.
            if (ids.Count == 0) ids.Add(model.Tokenizer.UnknownId);
            return PromptWindow.Cut(ids.Items, model.Card.HeadTokens, model.Card.TailTokens, out truncated);
        }
        finally
        {
            ids.Dispose();
        }
    }
}
