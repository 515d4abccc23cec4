using System.Net;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>The requests of a client stream. When the call ends first, waiting writes fail with the call's status, never with a transport error.</summary>
internal sealed class ClientStreamWriter<T> : IClientStreamWriter<T>
    where T : class
{
    private readonly Action<T, SerializationContext> serializer;
    private readonly FrameOptions frameOptions;
    private readonly Func<Exception, Status> describe;
    private readonly CancellationTokenSource writes;
    private readonly TaskCompletionSource<Status?> callEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private TaskCompletionSource<Stream> stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool written;
    private readonly TaskCompletionSource requestsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool completed;
    private int busy;

    public ClientStreamWriter(Action<T, SerializationContext> serializer, FrameOptions frameOptions, Func<Exception, Status> describe, CancellationToken call)
    {
        this.serializer = serializer;
        this.frameOptions = frameOptions;
        this.describe = describe;
        writes = CancellationTokenSource.CreateLinkedTokenSource(call);
        Content = new RequestStreamContent(this);
    }

    public HttpContent Content { get; }

    public WriteOptions? WriteOptions { get; set; }

    /// <summary>The call is over: frees writes that wait for flow control. The request body breaks off, it does not end: half a stream must not look whole to the server.</summary>
    public void Finish(Status? final)
    {
        callEnded.TrySetResult(final);
        if (!completed)
        {
            writes.Cancel();
        }

        requestsEnded.TrySetCanceled();
        lock (gate)
        {
            stream.TrySetCanceled();
        }
    }

    /// <summary>Makes ready for another attempt; false when a message has left, since none is kept.</summary>
    public bool TryRewind()
    {
        lock (gate)
        {
            if (stream.Task.IsCompletedSuccessfully && !written)
            {
                stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return !written;
        }
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref busy, 1) != 0)
        {
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        }

        try
        {
            ThrowIfEnded();
            await SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        // A stream that the server's end of the call has closed says "disposed", which is an invalid operation by descent only.
        catch (Exception e) when (e is ObjectDisposedException or not (InvalidOperationException or RpcException))
        {
            throw await ExplainAsync(e, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    public Task CompleteAsync()
    {
        completed = true;
        requestsEnded.TrySetResult();
        return Task.CompletedTask;
    }

    private void ThrowIfEnded()
    {
        if (completed)
        {
            throw new InvalidOperationException("Can't write the message because the request stream has been completed.");
        }

        if (callEnded.Task.IsCompletedSuccessfully && callEnded.Task.Result is { } ended)
        {
            throw ended.StatusCode == StatusCode.OK
                ? new InvalidOperationException("Can't write the message because the call is complete.")
                : new RpcException(ended);
        }
    }

    private async Task SendAsync(T message, CancellationToken cancellationToken)
    {
        using var linked = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, writes.Token) : null;
        CancellationToken either = linked?.Token ?? writes.Token;
        Stream target = await TakeStreamAsync(either).ConfigureAwait(false);
        using var frame = new PooledWriter(512);
        bool compress = frameOptions.Compress && (WriteOptions?.Flags & WriteFlags.NoCompress) is not WriteFlags.NoCompress;
        FrameWriter.Write(frame, serializer, message, frameOptions with { Compress = compress });
        await target.WriteAsync(frame.Memory, either).ConfigureAwait(false);
        if ((WriteOptions?.Flags & WriteFlags.BufferHint) is not WriteFlags.BufferHint)
        {
            await target.FlushAsync(either).ConfigureAwait(false);
        }
    }

    private async ValueTask<Stream> TakeStreamAsync(CancellationToken cancellation)
    {
        while (true)
        {
            TaskCompletionSource<Stream> current = stream;
            Stream target = await current.Task.WaitAsync(cancellation).ConfigureAwait(false);
            lock (gate)
            {
                if (current == stream)
                {
                    written = true;
                    return target;
                }
            }
        }
    }

    // The handler may send a content again on another connection when the first has refused it.
    private void Attach(Stream target)
    {
        if (!TryRewind())
        {
            throw new IOException("The request stream cannot be sent again: its first message has left.");
        }

        lock (gate)
        {
            stream.TrySetResult(target);
        }
    }

    // The server's status explains a failed write better than the transport error. Its reader sets it; a caller who never reads
    // must not wait for ever, so the call's own end (deadline, disposal) and a short grace bound the wait.
    private async Task<RpcException> ExplainAsync(Exception cause, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new RpcException(describe(cause));
        }

        Task first = await Task.WhenAny(callEnded.Task, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false);
        return new RpcException((first == callEnded.Task ? await callEnded.Task.ConfigureAwait(false) : null) ?? describe(cause));
    }

    // Of unknown length, so that the handler sends what is written at once and reads the response meanwhile.
    private sealed class RequestStreamContent(ClientStreamWriter<T> owner) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        // The handler cancels when the server has reset the stream, with its answer or without. That is no failure of the body: thrown,
        // it would hide the server's reason. Only a call that the client breaks off must not look whole.
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // The handler keeps the headers back until a write flushes; a server that speaks first would never hear of the call.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            owner.Attach(stream);
            await Task.WhenAny(owner.requestsEnded.Task, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
            if (owner.writes.IsCancellationRequested || owner.requestsEnded.Task.IsCanceled)
            {
                throw new OperationCanceledException("The client broke the request stream off.");
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
