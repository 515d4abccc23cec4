using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Tls;
using Yarp.ReverseProxy.Forwarder;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>The forwarder's connections to the services: bounded, the fleet's authorities alone are trusted, and the gateway shows its certificate.</summary>
internal sealed class FleetForwarderClients(IServiceProvider services, IOptions<UpstreamOptions> options, ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        UpstreamsSetup.Configure(handler, options.Value);
        handler.UseFleetTls(services);
    }
}
