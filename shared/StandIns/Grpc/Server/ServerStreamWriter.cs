using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>The responses of a server stream.</summary>
internal sealed class ServerStreamWriter<T>(ServerCall call, Action<T, SerializationContext> serializer) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => call.WriteAsync(serializer, message, WriteOptions, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken) => call.WriteAsync(serializer, message, WriteOptions, cancellationToken);
}
