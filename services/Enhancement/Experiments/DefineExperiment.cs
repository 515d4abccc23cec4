using Grpc.Core;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>Checks a definition and hands it to Analytics, which keeps it.</summary>
internal sealed class DefineExperiment(PromptEnhancer product, ExperimentService.ExperimentServiceClient analytics, IdempotentRequests idempotency, TimeProvider clock)
{
    private const string IfMatch = "if-match", ETag = "etag";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>Answers POST /v1/experiments. Errors: 400 with every wrong field, 409 when the key is taken, 503 when Analytics is away.</summary>
    public Task<Experiment> CreateAsync(ExperimentDefinition request, ServerCallContext call)
    {
        if (request.Id.Length > 0)
            throw RequestException.Invalid("id", "is ours to give; leave it out");
        // Analytics takes the same draft twice for one, so a crash between the two services leaves nothing doubled.
        return idempotency.RunAsync(call, request, async _ => new Effect<Experiment>(await SaveAsync(request, call), Subject: null, Write: _ => { }));
    }

    /// <summary>Answers PUT /v1/experiments/{id}. Errors: as for a new one, 404, 409 when it is no draft, 412 when it was changed meanwhile.</summary>
    public Task<Experiment> ReplaceAsync(ExperimentDefinition request, ServerCallContext call) =>
        request.Id.Length > 0 ? SaveAsync(request, call) : throw RequestException.Invalid("id", "is missing");

    private async Task<Experiment> SaveAsync(ExperimentDefinition definition, ServerCallContext call)
    {
        DefinitionRules.Check(definition, product.Policy);
        var caller = call.Caller();
        var request = new SaveExperimentRequest { OrganizationId = caller.OrgId.ToString("N"), Author = caller.Subject, Definition = definition };
        request.IfMatch.AddRange(call.RequestHeaders.Where(e => !e.IsBinary && e.Key.Equals(IfMatch, StringComparison.OrdinalIgnoreCase))
            .SelectMany(e => e.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        try
        {
            var saved = await analytics.SaveExperimentAsync(request, deadline: clock.GetUtcNow().UtcDateTime + s_patience, cancellationToken: call.CancellationToken);
            call.GetHttpContext().Response.Headers[ETag] = FormattableString.Invariant($"\"{saved.Revision}\"");
            return saved;
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            throw RequestException.Unavailable("analytics, which keeps experiments,", error);
        }
    }
}
