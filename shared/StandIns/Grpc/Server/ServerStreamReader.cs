using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>The requests of a client stream.</summary>
internal sealed class ServerStreamReader<T>(ServerCall call, Func<DeserializationContext, T> deserializer) : IAsyncStreamReader<T>
    where T : class
{
    private T? current;
    private bool ended;

    public T Current => current ?? throw new InvalidOperationException("No current element is available.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (ended)
        {
            return false;
        }

        current = await call.ReadAsync(deserializer, cancellationToken.CanBeCanceled ? cancellationToken : call.CancellationToken).ConfigureAwait(false);
        ended = current is null;
        return !ended;
    }
}
