using System.Diagnostics;
using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Enhances one prompt and keeps it in the history.</summary>
internal sealed class EnhancePrompt(EnhancementWork work, IdempotentRequests idempotency)
{
    /// <summary>Answers POST /v1/enhance. Errors: 400 and 413 with the field, 409 and 422 of the idempotency key, 503 when the history cannot be written.</summary>
    public async Task<EnhanceResponse> HandleAsync(EnhanceRequest request, ServerCallContext call)
    {
        var caller = call.Caller();
        long decidedAt = 0, begin = 0;
        var response = await idempotency.RunAsync(call, request, async cancellation =>
        {
            var decided = await work.DecideAsync(request, caller, cancellation);
            (decidedAt, begin) = (Stopwatch.GetTimestamp(), decided.Begin);
            return new Effect<EnhanceResponse>(decided.Response, decided.Id, decided.Write);
        });
        if (decidedAt == 0)
            return response; // a replay: byte for byte what the first answer was
        long end = Stopwatch.GetTimestamp();
        ServerTiming.Write(call, response.Timings, EnhancementWork.Ms(decidedAt, end));
        if (!IdempotentRequests.HasKey(call))
        {
            response.Timings.StoreMs = EnhancementWork.Ms(decidedAt, end);
            response.Timings.TotalMs = EnhancementWork.Ms(begin, end);
        }
        return response;
    }
}
