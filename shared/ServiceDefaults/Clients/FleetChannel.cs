using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>The channel of a fleet client: all addresses behind a name in turn, and retries of what may be sent twice, within a budget.</summary>
internal static class FleetChannel
{
    /// <summary>Names are resolved by the channel, to all their addresses; an IP address or this machine is taken as it is.</summary>
    public static Uri AddressOf(Uri given) => IsName(given) ? new Uri($"dns:///{given.Authority}") : given;

    public static void Configure(GrpcChannelOptions channel, Uri address, ClientOptions options, (string Service, string[] Methods) repeatable)
    {
        channel.Credentials = address.Scheme == Uri.UriSchemeHttps ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
        channel.InitialReconnectBackoff = options.MaxEjection / 10;
        channel.MaxReconnectBackoff = options.MaxEjection;
        channel.ServiceConfig = new ServiceConfig
        {
            LoadBalancingConfigs = { new RoundRobinConfig() },
            RetryThrottling = new RetryThrottlingPolicy { MaxTokens = options.RetryBudget, TokenRatio = options.RetryRefund },
        };
        if (options.MaxAttempts > 1 && repeatable.Methods.Length > 0)
            channel.ServiceConfig.MethodConfigs.Add(Retries(options, repeatable));
    }

    private static bool IsName(Uri address) => address.HostNameType == UriHostNameType.Dns && !address.IsLoopback;

    private static MethodConfig Retries(ClientOptions options, (string Service, string[] Methods) repeatable)
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = options.MaxAttempts,
                InitialBackoff = options.RetryBackoff,
                MaxBackoff = options.RetryBackoff * 8,
                BackoffMultiplier = 2,
                // Not RESOURCE_EXHAUSTED: a full service is not helped by the same call again.
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (string method in repeatable.Methods)
            config.Names.Add(new MethodName { Service = repeatable.Service, Method = method });
        return config;
    }
}
