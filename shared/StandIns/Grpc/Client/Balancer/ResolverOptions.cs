using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Balancer;

/// <summary>What a resolver is to find.</summary>
public sealed class ResolverOptions
{
    internal ResolverOptions(Uri address, int defaultPort, ILoggerFactory loggerFactory, GrpcChannelOptions channelOptions)
    {
        Address = address;
        DefaultPort = defaultPort;
        LoggerFactory = loggerFactory;
        ChannelOptions = channelOptions;
    }

    /// <summary>The channel's address, e.g. dns:///host:port.</summary>
    public Uri Address { get; }

    /// <summary>Port of addresses without one: 443 with TLS, else 80.</summary>
    public int DefaultPort { get; }

    /// <summary>The channel's loggers.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The channel's settings.</summary>
    public GrpcChannelOptions ChannelOptions { get; }
}
