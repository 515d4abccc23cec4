using PromptPlatform.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Configuration;

namespace PromptPlatform.Gateway.Edge;

/// <summary>Puts the services' addresses into the clusters: a destination names the setting that holds its address, e.g. <c>services:catalog:http:0</c>.</summary>
internal sealed class ServiceAddresses(IConfiguration configuration) : IProxyConfigFilter
{
    /// <summary>Stops the start when an address is missing.</summary>
    public static void Require(IConfiguration configuration)
    {
        foreach (var cluster in configuration.GetSection("ReverseProxy:Clusters").GetChildren())
        {
            foreach (var destination in cluster.GetSection("Destinations").GetChildren())
                Resolve(configuration, destination["Address"] ?? "");
        }
    }

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) =>
        ValueTask.FromResult(cluster with
        {
            Destinations = cluster.Destinations?.ToDictionary(d => d.Key, d => d.Value with { Address = Resolve(configuration, d.Value.Address) }),
        });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);

    private static string Resolve(IConfiguration configuration, string setting)
    {
        if (!setting.StartsWith("services:", StringComparison.Ordinal))
            return setting;
        string address = configuration[setting] ?? throw new SettingsException(setting, "is missing: give the address of the service, e.g. http://localhost:5200");
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? address
            : throw new SettingsException(setting, $"is {address}: give an address that begins with http:// or https://");
    }
}
