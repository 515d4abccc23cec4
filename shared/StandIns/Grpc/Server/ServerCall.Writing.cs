using System.IO.Pipelines;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class ServerCall
{
    /// <summary>Writes one response of a stream and sends it, unless a hint lets it wait for the next.</summary>
    internal async Task WriteAsync<T>(Action<T, SerializationContext> serializer, T message, WriteOptions? options, CancellationToken cancellation)
    {
        writes.Enter();
        try
        {
            options ??= WriteOptionsCore;
            WriteFrame(serializer, message, options);
            if ((options?.Flags & WriteFlags.BufferHint) is WriteFlags.BufferHint)
            {
                return;
            }

            FlushResult flushed = await Http.Response.BodyWriter.FlushAsync(cancellation).ConfigureAwait(false);
            if (flushed.IsCanceled || (flushed.IsCompleted && Http.RequestAborted.IsCancellationRequested))
            {
                throw new OperationCanceledException("The client closed the stream.");
            }
        }
        finally
        {
            writes.Exit();
        }
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (Http.Response.HasStarted)
        {
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        }

        AppendHeaders(responseHeaders);
        await Http.Response.BodyWriter.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // The only response of a call: headers, data and trailers then leave in one write. A handler that set a failure sends none.
    private void WriteLast<T>(Action<T, SerializationContext> serializer, T message)
    {
        if (StatusCore.StatusCode != StatusCode.OK)
        {
            return;
        }

        writes.Enter();
        try
        {
            WriteFrame(serializer, message, WriteOptionsCore);
        }
        finally
        {
            writes.Exit();
        }
    }

    private void WriteFrame<T>(Action<T, SerializationContext> serializer, T message, WriteOptions? options)
    {
        bool compress = compressResponses && (options?.Flags & WriteFlags.NoCompress) is not WriteFlags.NoCompress;
        FrameWriter.Write(Http.Response.BodyWriter, serializer, message, new(compress, Server.Options.CompressionLevel, Server.Options.MaxSendBytes));
        wroteBody = true;
        ServerCounters.Log.MessageSent();
    }
}
