namespace Grpc.Core;

/// <summary>A call as its handler sees it.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? userState;

    /// <summary>The path: /service/method.</summary>
    public string Method => MethodCore;

    /// <summary>The authority that the client named.</summary>
    public string Host => HostCore;

    /// <summary>Address of the peer, e.g. ipv4:10.0.0.1:4711.</summary>
    public string Peer => PeerCore;

    /// <summary>When the call ends, in UTC; MaxValue: never.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>Headers of the request.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the client goes away or the deadline passes.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>What is sent after the response.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>How the call ends when the handler does not throw.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>Hints for responses.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>Who the peer is.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>Things that interceptors and handlers share during the call.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>The path: /service/method.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>The authority.</summary>
    protected abstract string HostCore { get; }

    /// <summary>The peer.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>The deadline.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>The request headers.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>The cancellation.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>The trailers.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>The status.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>The hints.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>The peer's identity.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>The shared things.</summary>
    protected virtual IDictionary<object, object> UserStateCore => userState ??= [];

    /// <summary>A token that hands deadline and cancellation to child calls.</summary>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) => CreatePropagationTokenCore(options);

    /// <summary>Sends headers before the first response; once per call.</summary>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Makes the token.</summary>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);

    /// <summary>Sends the headers.</summary>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);
}
