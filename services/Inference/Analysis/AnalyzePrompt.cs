using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Inference.V1;
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
        // 1 hold  2 read  3 answer
        TextRules.RequireText("text", request.Text, MaxLength);
        var held = Hold(request.ModelVersion);
        try
        {
            // 2
            var started = clock.GetTimestamp();
            var attributionTokens = request.Attributions ? options.Value.Batching.AttributionTokens : 0;

            // The others on threads of their own: the caller's may run the model itself.
            var others = held.Skip(1).Select(model => Task.Run(() => PromptReading.TakeAsync(model, request.Text, attributionTokens: 0, clock, cancellation), cancellation)).ToArray();
            var reading = await PromptReading.TakeAsync(held[0], request.Text, attributionTokens, clock, cancellation);

            // 3
            var response = AnalysisMapping.ToResponse([reading, .. await Task.WhenAll(others)], LanguageDetector.Detect(request.Text));
            held[0].Metrics.Analyzed(clock.GetElapsedTime(started), response.Intents[0].Probability);
            return response;
        }
        finally
        {
            foreach (var model in held) model.LetGo();
        }
    }

    // The serving version with those of the ensemble that are in memory, or the one that was asked for by name.
    private List<ServingModel> Hold(string version)
    {
        if (version.Length > 0)
        {
            return [served.Hold(version) ?? throw RequestException.Unprocessable("model_not_loaded", "modelVersion: that version is not in memory; put it into stage shadow or canary first")];
        }

        List<ServingModel> held = [served.Hold() ?? throw RequestException.Unavailable("the prompt model")];
        foreach (var member in options.Value.EnsembleVersions)
        {
            if (member != held[0].Version && served.Hold(member) is { } model) held.Add(model);
        }

        return held;
    }
}
