using System.Net;
using System.Net.Http.Headers;
using PromptPlatform.ServiceDefaults.Tls;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>The transport of fleet clients: HTTP/2 with keepalive, and the service's token for the peer on every call.</summary>
internal sealed class FleetHttpHandler : DelegatingHandler
{
    private readonly string _audience;
    private readonly ServiceTokens _tokens;

    public FleetHttpHandler(string audience, ServiceTokens tokens, ClientOptions options, IServiceProvider services)
    {
        _audience = audience;
        _tokens = tokens;
        var transport = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = options.ConnectTimeout,
            KeepAlivePingDelay = options.KeepAliveDelay,
            KeepAlivePingTimeout = options.KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            // Addresses behind a name change; connections are renewed to notice it.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
        };
        transport.UseFleetTls(services);
        InnerHandler = transport;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!ServiceTokens.NeedsNone(request.RequestUri!.AbsolutePath))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _tokens.GetAsync(_audience, cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
