using Grpc.Core;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Classifying;

/// <summary>Asks Inference what kind of task a prompt is. Inference away, full or slow: the rules answer and the result is degraded, never an error.</summary>
internal sealed class PromptClassifier(InferenceService.InferenceServiceClient inference, IOptions<EnhancementOptions> options, TimeProvider clock, ILogger<PromptClassifier> logger)
{
    // Below it the rules have seen next to nothing.
    private const double LeastConfidence = 0.2;

    // A peer that hangs costs its timeout a few times, then nothing for two seconds.
    private readonly ResiliencePipeline _breaker = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RpcException>(e => e.StatusCode != StatusCode.ResourceExhausted),
            FailureRatio = 0.5,
            MinimumThroughput = 8,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(2),
        })
        .Build();

    /// <summary>The classification, by the model or by rules; with the flag whether it is degraded.</summary>
    public async Task<(Classification Classification, bool Degraded)> FinishAsync(Task<AnalyzeResponse?> asked, PromptReading reading) =>
        await asked is { } answer ? (Weigh(answer, reading), false) : (RuleClassifier.Classify(reading), true);

    // Where the model is unsure and the rules have seen clear words, the rules are right more often; measured in README.md.
    private Classification Weigh(AnalyzeResponse answer, PromptReading reading)
    {
        double needed = reading.Language == "en" ? options.Value.AbstainBelow : options.Value.AbstainBelowOutsideEnglish;
        var model = ClassificationMapping.Read(answer, needed);
        bool contradicted = ModelDoubt.Contradicts(model.Intent, reading);
        if (!model.Abstained && !contradicted)
            return model;
        var rules = RuleClassifier.Classify(reading);
        (string? intent, double confidence) = contradicted && rules.Intent == model.Intent ? Second(rules) : (rules.Intent, rules.IntentConfidence);
        if (intent is null || rules.Abstained && !contradicted || confidence < LeastConfidence)
            return model with { Abstained = true };
        return model with
        {
            Intent = intent,
            IntentConfidence = confidence,
            Alternatives = [.. model.Alternatives.Prepend((model.Intent, model.IntentConfidence)).Where(a => a.Item1 != intent).Take(ClassificationMapping.MaxAlternatives)],
            Abstained = false,
        };
    }

    private static (string? Intent, double Confidence) Second(Classification rules) =>
        rules.Alternatives.Count == 0 ? (null, 0) : rules.Alternatives[0];

    /// <summary>Begins to ask; <see cref="FinishAsync"/> takes the answer, so that reading the prompt goes on meanwhile.</summary>
    public async Task<AnalyzeResponse?> BeginAsync(string prompt, bool attributions, CancellationToken cancellation)
    {
        try
        {
            return await _breaker.ExecuteAsync(async token =>
            {
                var deadline = clock.GetUtcNow().UtcDateTime + options.Value.ClassifyTimeout;
                return await inference.AnalyzeAsync(new AnalyzeRequest { Text = prompt, Attributions = attributions }, deadline: deadline, cancellationToken: token);
            }, cancellation);
        }
        catch (RpcException error) when (!cancellation.IsCancellationRequested)
        {
            logger.InferenceAway(error.StatusCode.ToString());
            return null;
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }
}
