using System.Net;

namespace PromptPlatform.GrpcTransport;

/// <summary>The one request message of a call. Knows whether it has left, since a server cannot have processed what it has not got.</summary>
/// <remarks>Derived from ByteArrayContent because the handler waits for it to be sent, unlike for contents of one's own, which may be streams.</remarks>
internal sealed class MessageContent(ArraySegment<byte> message) : ByteArrayContent(message.Array!, message.Offset, message.Count)
{
    private Task? write;

    /// <summary>Bytes.</summary>
    public int Length => message.Count;

    /// <summary>Whether the last attempt handed all of it to a connection.</summary>
    public bool HasLeft => write is { IsCompletedSuccessfully: true };

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        write = stream.WriteAsync(message, cancellationToken).AsTask();
}
