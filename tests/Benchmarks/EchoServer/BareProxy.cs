using System.Net;
using Yarp.ReverseProxy.Configuration;

namespace PromptPlatform.Benchmarks.EchoServer;

/// <summary>YARP with nothing around it: what the gateway stands on, and cannot be faster than.</summary>
internal static class BareProxy
{
    public static WebApplication Build(WebApplicationBuilder builder, int grpc, int http)
    {
        builder.Services.AddReverseProxy().LoadFromMemory(
            [Route("grpc", "/promptplatform.benchmarks.v1.EchoService/Say"), Route("http", "/bench/echo")],
            [Cluster("grpc", grpc, HttpVersion.Version20), Cluster("http", http, HttpVersion.Version11)]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    private static RouteConfig Route(string cluster, string path) => new() { RouteId = cluster, ClusterId = cluster, Match = new() { Path = path } };

    private static ClusterConfig Cluster(string name, int port, Version version) => new()
    {
        ClusterId = name,
        HttpRequest = new() { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
        Destinations = new Dictionary<string, DestinationConfig> { ["0"] = new() { Address = $"http://127.0.0.1:{port}" } },
    };
}
