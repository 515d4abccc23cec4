using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class ServerCall
{
    /// <summary>The one request; INTERNAL when there is none or more.</summary>
    private async ValueTask<T> ReadSingleAsync<T>(Func<DeserializationContext, T> deserializer)
        where T : class
    {
        T message = await ReadAsync(deserializer, CancellationToken.None).ConfigureAwait(false)
            ?? throw RpcErrors.Of(StatusCode.Internal, "Incomplete message.");
        PipeReader reader = Http.Request.BodyReader;
        ReadResult rest = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        bool more = !rest.Buffer.IsEmpty;
        reader.AdvanceTo(rest.Buffer.End);
        return more ? throw RpcErrors.Of(StatusCode.Internal, "Additional data after the message received.") : message;
    }

    /// <summary>The next request; null at the end of the stream.</summary>
    internal async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellation)
        where T : class
    {
        PipeReader reader = Http.Request.BodyReader;
        while (true)
        {
            ReadResult result = await ReadPipeAsync(reader, cancellation).ConfigureAwait(false);
            if (TryParse(reader, result, deserializer, out T? message))
            {
                return message;
            }

            if (result.IsCompleted || result.IsCanceled)
            {
                bool clean = result.Buffer.IsEmpty;
                reader.AdvanceTo(result.Buffer.End);
                return clean ? null : throw RpcErrors.Of(StatusCode.Internal, "Incomplete message.");
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async ValueTask<ReadResult> ReadPipeAsync(PipeReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException)
        {
            throw RpcErrors.Of(StatusCode.Cancelled, "The client reset the request stream.", e);
        }
    }

    private bool TryParse<T>(PipeReader reader, in ReadResult result, Func<DeserializationContext, T> deserializer, out T? message)
        where T : class
    {
        ReadOnlySequence<byte> buffer = result.Buffer;
        SequencePosition consumed = buffer.End;
        try
        {
            int limit = Server.Options.MaxReceiveBytes;
            if (!Frames.TryRead(ref buffer, limit, out ReadOnlySequence<byte> payload, out bool compressed))
            {
                // The caller advances: it knows whether more can come.
                message = null;
                return false;
            }

            consumed = buffer.Start;
            message = FrameReader.Read(deserializer, compressed ? Compression.Decompress(payload, requestEncoding, limit) : payload);
        }
        catch
        {
            reader.AdvanceTo(consumed);
            throw;
        }

        reader.AdvanceTo(consumed, consumed);
        ServerCounters.Log.MessageReceived();
        return true;
    }
}
