using Google.Protobuf.Reflection;
using Microsoft.Extensions.Configuration;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Gateway.Docs;

namespace PromptPlatform.Gateway.Tests.Edge;

/// <summary>The route table and the contracts say the same.</summary>
internal sealed class RouteTableTests
{
    private sealed record Route(string Cluster, string Path, string[] Methods, bool IsPublic, bool Streams);

    private readonly List<Route> _routes =
    [
        .. RouteTable.Read().GetSection("ReverseProxy:Routes").GetChildren().Select(r => new Route(
            r["ClusterId"]!, r["Match:Path"]!, r.GetSection("Match:Methods").Get<string[]>()!, r["Metadata:Access"] == "public", r["Metadata:Streams"] == "true")),
    ];

    private static IEnumerable<MethodDescriptor> Methods =>
        typeof(EnhancementReflection).Assembly.GetTypes().Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(t => t.GetProperty("Descriptor")?.GetValue(null)).OfType<FileDescriptor>().Where(f => f.Package.StartsWith("promptplatform.", StringComparison.Ordinal))
            .SelectMany(f => f.Services).SelectMany(s => s.Methods);

    [Test]
    public void Routes_AreThePublicOperationsOverBothProtocolsAndNothingElse()
    {
        var wanted = PublicOperation.All.SelectMany(o => new[]
        {
            $"{o.Service} {(o.Verb == "GET" ? "GET,HEAD" : o.Verb)} {o.Path} public={o.Scope is null}",
            $"{o.Service}-grpc POST {o.GrpcPath} public={o.Scope is null}",
        });

        Assert.That(_routes.Select(r => $"{r.Cluster} {string.Join(',', r.Methods)} {r.Path} public={r.IsPublic}"), Is.EquivalentTo(wanted));
    }

    [Test]
    public void Methods_ThatAreInternal_AreNotRouted()
    {
        var internals = Methods.Where(m => !PublicOperation.All.Any(o => o.Method == m)).Select(m => $"/{m.Service.FullName}/{m.Name}").ToList();

        Assert.That(internals, Has.Some.EndsWith("/StreamSnapshots").And.Some.EndsWith("/ExchangeApiKey").And.Some.EndsWith("/WatchRevocations"));
        Assert.That(_routes.Select(r => r.Path).Intersect(internals), Is.Empty);
    }

    [Test]
    public void Operations_OfInternalScope_AreNotPublic()
    {
        Assert.That(PublicOperation.All.Where(o => o.Scope?.Contains('.') == true), Is.Empty);
    }

    [Test]
    public void Methods_ThatArePublic_DoNotStreamWithoutARouteThatSaysSo()
    {
        var streaming = PublicOperation.All.Where(o => o.Method.IsServerStreaming || o.Method.IsClientStreaming);

        Assert.That(_routes.Where(r => r.Streams).Select(r => r.Path), Is.EquivalentTo(streaming.SelectMany(o => new[] { o.Path, o.GrpcPath })));
    }

    [Test]
    public void Clusters_TakeTheirAddressFromTheSettingOfTheirServiceAndProtocol()
    {
        var clusters = RouteTable.Read().GetSection("ReverseProxy:Clusters").GetChildren().ToDictionary(c => c.Key, c => c["Destinations:0:Address"]);

        Assert.That(clusters.Keys, Is.EquivalentTo(_routes.Select(r => r.Cluster).Distinct()));
        Assert.That(clusters.All(c => c.Value == (c.Key.EndsWith("-grpc") ? $"services:{c.Key[..^5]}:grpc:0" : $"services:{c.Key}:http:0")));
    }
}
