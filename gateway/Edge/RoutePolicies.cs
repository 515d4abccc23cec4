using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Edge;

/// <summary>
/// The policies of the route table. A route's cluster names the audience; its metadata may hold <c>Access: public</c>,
/// <c>Streams: true</c>, <c>WebSocket: true</c>, <c>Sheds: never</c> and <c>MaxBodyBytes</c>.
/// </summary>
internal sealed class RoutePolicies(IConfiguration configuration, IOptions<EdgeOptions> options)
{
    private const string GrpcSuffix = "-grpc";
    private const int MaxGrpcBytes = 4 << 20;

    private readonly FrozenDictionary<string, RoutePolicy> _policies = configuration.GetSection("ReverseProxy:Routes").GetChildren()
        .ToFrozenDictionary(route => route.Key, route => Read(route, options.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The policy of the matched route; null when the request goes to no service.</summary>
    public RoutePolicy? Of(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<RouteModel>() is { } route ? _policies[route.Config.RouteId] : null;

    private static RoutePolicy Read(IConfigurationSection route, EdgeOptions options)
    {
        string cluster = route["ClusterId"] ?? throw new InvalidOperationException($"route {route.Key} names no cluster");
        bool grpc = cluster.EndsWith(GrpcSuffix, StringComparison.Ordinal);
        var metadata = route.GetSection("Metadata");
        return new RoutePolicy(
            grpc ? cluster[..^GrpcSuffix.Length] : cluster,
            grpc,
            metadata["Access"] == "public",
            metadata["Streams"] == "true" || metadata["WebSocket"] == "true",
            metadata["WebSocket"] == "true",
            metadata["Sheds"] == "never",
            metadata["MaxBodyBytes"] is { } bytes ? int.Parse(bytes, CultureInfo.InvariantCulture) : grpc ? MaxGrpcBytes : options.MaxBodyBytes);
    }
}
