using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PromptPlatform.GrpcTransport;

/// <summary>What an address and the settings of a channel mean for the choice of addresses.</summary>
internal static class EndpointPickers
{
    public static EndpointPicker Create(Uri address, bool secure, GrpcChannelOptions options)
    {
        var ejection = new Ejection(options.InitialReconnectBackoff, options.MaxReconnectBackoff ?? TimeSpan.FromDays(1));
        if (IsHttp(address))
        {
            return new EndpointPicker(address, ejection);
        }

        ILoggerFactory loggers = options.LoggerFactory ?? options.ServiceProvider?.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        ResolverFactory factory = options.ServiceProvider?.GetServices<ResolverFactory>().LastOrDefault(known => known.Name == address.Scheme)
            ?? (address.Scheme == "dns" ? new DnsResolverFactory(Timeout.InfiniteTimeSpan) : null)
            ?? throw new InvalidOperationException($"No address resolver configured for the scheme '{address.Scheme}'.");
        Resolver resolver = factory.Create(new ResolverOptions(address, secure ? 443 : 80, loggers, options));
        return new EndpointPicker(resolver, secure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, IsRoundRobin(options.ServiceConfig), ejection);
    }

    public static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    /// <summary>The address that a call shows in credentials and telemetry: the name, not one of its replicas.</summary>
    public static Uri NominalOf(Uri address, bool secure) => IsHttp(address)
        ? address
        : new Uri((secure ? "https://" : "http://") + (address.AbsolutePath.Trim('/') is { Length: > 0 } name ? name : address.Authority));

    private static bool IsRoundRobin(ServiceConfig? config)
    {
        if (config is null || config.LoadBalancingConfigs.Count == 0)
        {
            return false;
        }

        LoadBalancingConfig known = config.LoadBalancingConfigs.FirstOrDefault(way =>
            way.PolicyName is LoadBalancingConfig.RoundRobinPolicyName or LoadBalancingConfig.PickFirstPolicyName)
            ?? throw new InvalidOperationException("None of the load balancing policies is known: " + string.Join(", ", config.LoadBalancingConfigs.Select(way => way.PolicyName)));
        return known.PolicyName == LoadBalancingConfig.RoundRobinPolicyName;
    }
}
