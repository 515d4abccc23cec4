using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Deadline and cancellation of a served call, for its child calls.</summary>
internal sealed class CallPropagation(ContextPropagationOptions options, DateTime deadline, CancellationToken cancellation) : ContextPropagationToken
{
    internal override DateTime? Deadline => options.IsPropagateDeadline && deadline != DateTime.MaxValue ? deadline : null;

    internal override CancellationToken CancellationToken => options.IsPropagateCancellation ? cancellation : default;
}
