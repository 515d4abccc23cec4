using System.Net;

namespace Grpc.Net.Client.Balancer;

/// <summary>One address of a service.</summary>
public sealed class BalancerAddress(DnsEndPoint endPoint)
{
    /// <summary>An address.</summary>
    public BalancerAddress(string host, int port) : this(new DnsEndPoint(host, port))
    {
    }

    /// <summary>Host (a name or an IP address) and port.</summary>
    public DnsEndPoint EndPoint { get; } = endPoint;

    /// <summary>What requests and certificates are to name instead of the address, e.g. the name that was resolved.</summary>
    internal string? HostOverride { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{EndPoint.Host}:{EndPoint.Port}";
}
