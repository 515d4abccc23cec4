using Google.Protobuf;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Responses of a stream as lines of JSON.</summary>
internal sealed class TranscodedStreamWriter<T>(TranscodedCall call) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => call.WriteLineAsync((IMessage)message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken) => call.WriteLineAsync((IMessage)message, cancellationToken);
}
