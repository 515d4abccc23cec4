using Grpc.Core;
using PromptPlatform.Faults.Tests.Replicas.V1;

namespace PromptPlatform.Faults.Tests.Replicas;

/// <summary>Works for a moment, so that there are always calls in flight when the process is stopped.</summary>
internal sealed class ReplicaEcho : ReplicaService.ReplicaServiceBase
{
    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(2);

    public override async Task<EchoResponse> Echo(EchoRequest request, ServerCallContext context)
    {
        await Task.Delay(s_work, context.CancellationToken);
        return new EchoResponse { Number = request.Number, ProcessId = Environment.ProcessId };
    }
}
