using System.Buffers;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class HttpCall<TRequest, TResponse>
{
    private Stream? body;

    private string? ResponseEncoding =>
        Response!.Headers.NonValidated.TryGetValues("grpc-encoding", out HeaderStringValues values) ? values.ToString() : null;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResponse> ReadSingleAsync()
    {
        TResponse? response = null;
        if (Final is null)
        {
            response = await ReadFrameAsync().ConfigureAwait(false);
            if (response is not null && await ReadFrameAsync().ConfigureAwait(false) is not null)
            {
                throw RpcErrors.Of(StatusCode.Internal, "Unexpected data after finished reading message.");
            }

            EndWith(Response!.TrailingHeaders.NonValidated);
        }

        ThrowIfFailed();
        return response ?? throw RpcErrors.Of(StatusCode.Internal, "Failed to deserialize response message.");
    }

    private async ValueTask<bool> ReadNextAsync()
    {
        current = await ReadFrameAsync().ConfigureAwait(false);
        if (current is not null)
        {
            return true;
        }

        EndWith(Response!.TrailingHeaders.NonValidated);
        writer?.Finish(Final);
        ThrowIfFailed();
        Release();
        return false;
    }

    // Null at the end of the body.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResponse?> ReadFrameAsync()
    {
        body ??= await Response!.Content.ReadAsStreamAsync(cancellation.Token).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            int read = await FillAsync(buffer, Frames.HeaderSize).ConfigureAwait(false);
            if (read < Frames.HeaderSize)
            {
                return read == 0 ? null : throw RpcErrors.Of(StatusCode.Internal, "Incomplete message header.");
            }

            Frames.ParseHeader(buffer, transport.MaxReceiveBytes, out bool compressed, out int length);
            if (length > buffer.Length)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(length);
            }

            if (await FillAsync(buffer, length).ConfigureAwait(false) < length)
            {
                throw RpcErrors.Of(StatusCode.Internal, "Incomplete message content.");
            }

            var payload = new ReadOnlySequence<byte>(buffer, 0, length);
            return FrameReader.Read(
                method.ResponseMarshaller.ContextualDeserializer,
                compressed ? Compression.Decompress(payload, ResponseEncoding, transport.MaxReceiveBytes) : payload);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(byte[] buffer, int count) => count == 0
        ? 0
        : await body!.ReadAtLeastAsync(buffer.AsMemory(0, count), count, throwOnEndOfStream: false, cancellation.Token).ConfigureAwait(false);
}
