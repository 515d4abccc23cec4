using Grpc.Core;
using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Enhances up to 100 prompts. A wrong item gets its problem and leaves the others alone; all that succeed are stored in one transaction.</summary>
internal sealed class EnhanceBatch(EnhancementWork work, IdempotentRequests idempotency, IOptions<EnhancementOptions> options)
{
    private const int MaxItems = 100;

    /// <summary>Answers POST /v1/enhance:batch: as many results as items, in their order.</summary>
    public Task<BatchEnhanceResponse> HandleAsync(BatchEnhanceRequest request, ServerCallContext call)
    {
        if (request.Items.Count is 0 or > MaxItems)
            throw RequestException.Invalid("items", $"has {request.Items.Count} entries; send 1 to {MaxItems}");
        var caller = call.Caller();
        return idempotency.RunAsync(call, request, cancellation => DecideAsync(request, caller, cancellation));
    }

    private async Task<Effect<BatchEnhanceResponse>> DecideAsync(BatchEnhanceRequest request, Caller caller, CancellationToken cancellation)
    {
        var outcomes = new (DecidedEnhancement? Decided, RequestException? Problem)[request.Items.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = options.Value.BatchConcurrency, CancellationToken = cancellation };
        await Parallel.ForAsync(0, outcomes.Length, limit, async (i, token) => outcomes[i] = await TryDecideAsync(request.Items[i], caller, token));

        var response = new BatchEnhanceResponse();
        for (int i = 0; i < outcomes.Length; i++)
        {
            response.Results.Add(outcomes[i].Decided is { } decided
                ? new BatchResult { Index = i, Result = decided.Response }
                : new BatchResult { Index = i, Problem = ProblemMapping.ToProblem(outcomes[i].Problem!) });
        }
        var stored = outcomes.Where(o => o.Decided is not null).Select(o => o.Decided!).ToArray();
        return new Effect<BatchEnhanceResponse>(response, stored is [var only] ? only.Id : null, batch =>
        {
            foreach (var decided in stored)
                decided.Write(batch);
        });
    }

    private async Task<(DecidedEnhancement?, RequestException?)> TryDecideAsync(EnhanceRequest item, Caller caller, CancellationToken cancellation)
    {
        try
        {
            return (await work.DecideAsync(item, caller, cancellation), null);
        }
        catch (RequestException problem)
        {
            return (null, problem);
        }
    }
}
