using System.Diagnostics;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>One call over HTTP/2. This part holds what the four kinds do; the others send, receive and end it.</summary>
internal sealed partial class HttpCall<TRequest, TResponse> : CallOutcome, IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private readonly ChannelTransport transport;
    private readonly Method<TRequest, TResponse> method;
    private readonly string? host;
    private readonly ClientTelemetry? telemetry;
    private readonly CancellationTokenSource cancellation;
    private readonly CancellationTokenRegistration ofCaller;
    private readonly CancellationTokenRegistration ofServedCall;
    private readonly CancellationTokenRegistration ofChannel;
    private readonly DateTime? deadline;
    private readonly CancellationToken propagated;
    private CallOptions options;
    private Task? started;
    private ClientStreamWriter<TRequest>? writer;
    private TResponse? current;
    private bool readCancelled;
    private bool disposed;

    public HttpCall(ChannelTransport transport, Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        ObjectDisposedException.ThrowIf(transport.Disposed.IsCancellationRequested, typeof(Grpc.Net.Client.GrpcChannel));
        this.transport = transport;
        this.method = method;
        this.host = host;
        this.options = options;
        propagated = options.PropagationToken?.CancellationToken ?? default;
        deadline = Earlier(options.Deadline?.ToUniversalTime(), options.PropagationToken?.Deadline);
        telemetry = ClientTelemetry.Start(method, transport);
        cancellation = CreateCancellation();
        ofCaller = Follow(options.CancellationToken);
        ofServedCall = Follow(propagated);
        ofChannel = Follow(transport.Disposed);
    }

    public TResponse Current => current ?? throw new InvalidOperationException("No current element is available.");

    public async Task<TResponse> UnaryAsync(TRequest request)
    {
        var frame = new PooledWriter(512);
        try
        {
            Serialize(request, frame);
            await SendAsync(new MessageContent(frame.Segment)).ConfigureAwait(false);
            TResponse response = await ReadSingleAsync().ConfigureAwait(false);

            // Only now: after a failure the handler may still be reading the buffer, which then goes to the collector.
            frame.Dispose();
            return response;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
        finally
        {
            Release();
        }
    }

    public async Task<TResponse> ClientStreamingAsync(ClientStreamWriter<TRequest> requests)
    {
        try
        {
            await SendAsync(requests.Content).ConfigureAwait(false);
            return await ReadSingleAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
        finally
        {
            requests.Finish(Final);
            Release();
        }
    }

    public void StartServerStreaming(TRequest request) => started = StartAsync(() =>
    {
        var frame = new PooledWriter(512);
        Serialize(request, frame);
        return new MessageContent(frame.Segment);
    });

    public void StartDuplex(ClientStreamWriter<TRequest> requests) => started = StartAsync(() => requests.Content);

    public ClientStreamWriter<TRequest> OpenWriter() => writer = new ClientStreamWriter<TRequest>(
        method.RequestMarshaller.ContextualSerializer,
        FrameOptions,
        Describe,
        cancellation.Token)
    { WriteOptions = options.WriteOptions };

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        Debug.Assert(started is not null, "Only streaming calls are read as streams.");
        try
        {
            // Cancelling a read cancels the call, as in the official client: a half-read message cannot be resumed.
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static state => ((HttpCall<TRequest, TResponse>)state!).CancelByReader(),
                this);
            await started.ConfigureAwait(false);
            ThrowIfFailed();
            return Final is null && await ReadNextAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            RpcException failure = Fail(e);
            writer?.Finish(Final);
            Release();
            throw failure;
        }
    }

    protected override void Abandon()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (End(new Status(StatusCode.Cancelled, "gRPC call disposed."), null))
        {
            cancellation.Cancel();
        }

        writer?.Finish(Final);
        Release();
    }

    private void CancelByReader()
    {
        readCancelled = true;
        cancellation.Cancel();
    }

    private static DateTime? Earlier(DateTime? one, DateTime? other) => (one ?? DateTime.MaxValue) <= (other ?? DateTime.MaxValue) ? one : other;

    private async Task StartAsync(Func<HttpContent> content)
    {
        try
        {
            await SendAsync(content()).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(e);
            writer?.Finish(Final);
            Release();
        }
    }
}
