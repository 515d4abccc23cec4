using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>grpc.health.v1.Health over a table of statuses; watchers learn of every change.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    private readonly ConcurrentDictionary<string, ServingStatus> statuses = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sets the status of a service; the empty name is the whole server.</summary>
    public void SetStatus(string service, ServingStatus status)
    {
        statuses[service] = status;
        Announce();
    }

    /// <summary>Forgets a service.</summary>
    public void ClearStatus(string service)
    {
        statuses.TryRemove(service, out _);
        Announce();
    }

    /// <summary>Forgets all services.</summary>
    public void ClearAll()
    {
        statuses.Clear();
        Announce();
    }

    /// <summary>The status of a service; NOT_FOUND when it is not known.</summary>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        statuses.TryGetValue(request.Service, out ServingStatus status)
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw new RpcException(new Status(StatusCode.NotFound, ""));

    /// <summary>The status now and at each change, until the client goes.</summary>
    public override Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        PushAsync(request.Service, responseStream, context.CancellationToken);

    /// <summary>Sends changes until cancelled; the way out is always <see cref="OperationCanceledException"/>.</summary>
    internal async Task PushAsync(string service, IServerStreamWriter<HealthCheckResponse> watcher, CancellationToken until)
    {
        ServingStatus? sent = null;
        while (true)
        {
            // Taken before the status is read, so that no change falls between.
            Task next = Volatile.Read(ref changed).Task;
            ServingStatus now = statuses.TryGetValue(service, out ServingStatus status) ? status : ServingStatus.ServiceUnknown;
            if (now != sent)
            {
                await watcher.WriteAsync(new HealthCheckResponse { Status = now }, until).ConfigureAwait(false);
                sent = now;
            }

            await next.WaitAsync(until).ConfigureAwait(false);
        }
    }

    private void Announce() =>
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
