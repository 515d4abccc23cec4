namespace Grpc.Core;

/// <summary>A call with one request and a stream of responses.</summary>
public sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly CallState state;

    /// <summary>A call made of its parts, as interceptors build it.</summary>
    public AsyncServerStreamingCall(IAsyncStreamReader<TResponse> responseStream, Task<Metadata> responseHeadersAsync, Func<Status> getStatusFunc, Func<Metadata> getTrailersFunc, Action disposeAction)
    {
        ResponseStream = responseStream;
        state = CallState.From(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>A call made of its parts with a shared state object.</summary>
    public AsyncServerStreamingCall(IAsyncStreamReader<TResponse> responseStream, Func<object, Task<Metadata>> responseHeadersAsync, Func<object, Status> getStatusFunc, Func<object, Metadata> getTrailersFunc, Action<object> disposeAction, object state)
    {
        ResponseStream = responseStream;
        this.state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

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
