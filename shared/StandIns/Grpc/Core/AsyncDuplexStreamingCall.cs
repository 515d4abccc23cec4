namespace Grpc.Core;

/// <summary>A call with streams both ways.</summary>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly CallState state;

    /// <summary>A call made of its parts, as interceptors build it.</summary>
    public AsyncDuplexStreamingCall(IClientStreamWriter<TRequest> requestStream, IAsyncStreamReader<TResponse> responseStream, Task<Metadata> responseHeadersAsync, Func<Status> getStatusFunc, Func<Metadata> getTrailersFunc, Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        state = CallState.From(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>A call made of its parts with a shared state object.</summary>
    public AsyncDuplexStreamingCall(IClientStreamWriter<TRequest> requestStream, IAsyncStreamReader<TResponse> responseStream, Func<object, Task<Metadata>> responseHeadersAsync, Func<object, Status> getStatusFunc, Func<object, Metadata> getTrailersFunc, Action<object> disposeAction, object state)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        this.state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The requests.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The responses.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The response headers, before the first response.</summary>
    public Task<Metadata> ResponseHeadersAsync => state.Headers;

    /// <summary>How the call ended; throws <see cref="InvalidOperationException"/> before that.</summary>
    public Status GetStatus() => state.Status();

    /// <summary>The trailers; throws <see cref="InvalidOperationException"/> before the end.</summary>
    public Metadata GetTrailers() => state.Trailers();

    /// <summary>Cancels the call when it is not done.</summary>
    public void Dispose() => state.Dispose();
}
