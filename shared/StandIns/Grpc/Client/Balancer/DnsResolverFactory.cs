using System.Net;
using PromptPlatform.GrpcTransport;

namespace Grpc.Net.Client.Balancer;

/// <summary>Resolves dns:///host:port to all addresses of the host, and again in each interval.</summary>
public sealed class DnsResolverFactory(TimeSpan refreshInterval) : ResolverFactory
{
    /// <inheritdoc/>
    public override string Name => "dns";

    /// <inheritdoc/>
    public override Resolver Create(ResolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DnsResolver(options, refreshInterval, Dns.GetHostAddressesAsync);
    }
}
