using System.Diagnostics;
using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Classifying;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Reads a prompt without enhancing it; nothing is stored and no unit is billed.</summary>
internal sealed class AnalyzePrompt(PromptEnhancer engine, PromptClassifier classifier)
{
    /// <summary>Answers POST /v1/analyze.</summary>
    public async Task<AnalyzeResponse> HandleAsync(AnalyzeRequest request, ServerCallContext call)
    {
        long begin = Stopwatch.GetTimestamp();
        string prompt = PromptOfRequest.Find(request.Prompt, request.Messages);
        var input = PromptInput.Of(prompt, TargetRules.Read(request.Target)) with
        {
            Language = EnhanceRequestRules.Language(request.Language),
            HasConversation = request.Messages.Count > 1,
            System = PromptOfRequest.System(request.Messages),
        };
        var asked = classifier.BeginAsync(input.Prompt, request.Attributions, call.CancellationToken);
        var reading = engine.Read(input);
        var (classification, degraded) = await classifier.FinishAsync(asked, reading);
        long classified = Stopwatch.GetTimestamp();
        var response = EnhancementMapping.ToResponse(engine.Analyze(input, reading, classification), input.Prompt, degraded);
        AttributionMapping.Add(response, await asked);
        response.Timings = new Timings { ClassifyMs = EnhancementWork.Ms(begin, classified), TotalMs = EnhancementWork.Ms(begin, Stopwatch.GetTimestamp()) };
        ServerTiming.Write(call, response.Timings, storeMs: null);
        return response;
    }
}
