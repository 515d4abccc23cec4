using System.Net;
using Grpc.Net.Client;

namespace PromptPlatform.GrpcTransport;

/// <summary>Sends requests and gives responses as soon as their headers are there.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly bool owned;

    private HttpSender(HttpMessageInvoker invoker, bool owned)
    {
        this.invoker = invoker;
        this.owned = owned;
    }

    public static HttpSender Create(GrpcChannelOptions options) => options switch
    {
        { HttpClient: { } client } => new(client, options.DisposeHttpClient),
        { HttpHandler: { } handler } => new(new HttpMessageInvoker(handler, options.DisposeHttpClient), owned: true),
        _ => new(new HttpMessageInvoker(CreateHandler()), owned: true),
    };

    /// <summary>The handler of channels and client factories that bring none.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        // Kestrel allows 100 streams a connection; more calls open another one instead of queueing.
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
    };

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        invoker is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
            : invoker.SendAsync(request, cancellation);

    public void Dispose()
    {
        if (owned)
        {
            invoker.Dispose();
        }
    }
}
