using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace PromptPlatform.GrpcTransport;

/// <summary>The health service of an application: runs the checks for each Check, pushes published changes to watchers, and NOT_SERVING when the application stops.</summary>
internal sealed class CheckedHealthService(
    HealthServiceImpl table,
    HealthCheckService checker,
    IOptions<GrpcHealthChecksOptions> options,
    IOptions<HealthCheckServiceOptions> checks,
    IHostApplicationLifetime lifetime) : Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
        {
            return await table.Check(request, context).ConfigureAwait(false);
        }

        return await RunAsync(request.Service, context.CancellationToken).ConfigureAwait(false) is { } status
            ? new HealthCheckResponse { Status = status }
            : throw new RpcException(new Status(StatusCode.NotFound, ""));
    }

    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        // The first publication comes seconds after the start; until then the checks are run once.
        if (await RunAsync(request.Service, context.CancellationToken).ConfigureAwait(false) is { } first)
        {
            table.SetStatus(request.Service, first);
        }

        CancellationToken stopping = options.Value.SuppressCompletionOnShutdown ? CancellationToken.None : lifetime.ApplicationStopping;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        try
        {
            await table.PushAsync(request.Service, responseStream, until.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing }).ConfigureAwait(false);
        }
    }

    private async Task<ServingStatus?> RunAsync(string service, CancellationToken cancellation)
    {
        Grpc.AspNetCore.HealthChecks.ServiceMapping? mapping = options.Value.Services.FirstOrDefault(candidate => candidate.Name == service);
        if (mapping is null)
        {
            return null;
        }

        HealthReport report = await checker.CheckHealthAsync(registration => HealthResults.Chooses(mapping, registration), cancellation).ConfigureAwait(false);
        return HealthResults.Of(mapping, report, checks.Value);
    }
}
