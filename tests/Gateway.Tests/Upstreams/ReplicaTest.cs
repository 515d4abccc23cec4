using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.TestKit;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>A gateway before two replicas of Enhancement and Catalog.</summary>
internal abstract class ReplicaTest
{
    private TestGateway? _gateway;

    protected TestGateway Gateway => _gateway!;

    protected Replica A { get; private set; } = null!;

    protected Replica B { get; private set; } = null!;

    protected string Key { get; private set; } = "";

    [SetUp]
    public async Task StartReplicasAsync()
    {
        A = await Replica.StartAsync();
        B = await Replica.StartAsync();
    }

    [TearDown]
    public async Task StopAllAsync()
    {
        await Gateway.DisposeAsync();
        await A.DisposeAsync();
        await B.DisposeAsync();
        Gateway.Errors.Verify();
    }

    protected async Task StartGatewayAsync(params string[] settings)
    {
        string[] addresses = [.. new[] { "catalog", "enhancement" }.SelectMany(service => new[]
        {
            $"--services:{service}:http:0={A.Ports.Http}", $"--services:{service}:http:1={B.Ports.Http}",
            $"--services:{service}:grpc:0={A.Ports.Grpc}", $"--services:{service}:grpc:1={B.Ports.Grpc}",
        })];
        // A busy machine must not look like a dead replica.
        _gateway = await TestGateway.StartAsync([.. addresses, "--Upstreams:ConnectTimeout=00:00:30", "--Upstreams:ProbeTimeout=00:00:30", "--RateLimits:KeyBurst=100000", "--RateLimits:OrganizationBurst=100000", .. settings]);
        Key = Gateway.Auth.CreateKey();
    }

    protected async Task<int> ReadAsync() => (int)(await Gateway.GetAsync("/v1/techniques", Key)).StatusCode;

    protected async Task<int[]> ReadAsync(int times)
    {
        var statuses = new int[times];
        for (int i = 0; i < times; i++)
            statuses[i] = await ReadAsync();
        return statuses;
    }

    protected Task<HttpResponseMessage> WriteAsync(string body, string? idempotencyKey)
    {
        var request = Gateway.Request(HttpMethod.Post, "/v1/enhance", Key, new StringContent(body, new MediaTypeHeaderValue("application/json")));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return Gateway.SendAsync(request);
    }

    /// <summary>How many replicas of a cluster get requests.</summary>
    protected int Available(string cluster) =>
        Gateway.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster(cluster, out var state) ? state.DestinationsState.AvailableDestinations.Count : 0;

    /// <summary>Whether a replica of Catalog is ejected.</summary>
    protected bool IsEjected(string replica) =>
        Gateway.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("catalog", out var state) && state.Destinations[replica].Health.Passive == DestinationHealth.Unhealthy;

    /// <summary>Whether a probe has found a replica of Catalog healthy.</summary>
    protected bool IsProbed(string replica) =>
        Gateway.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("catalog", out var state) && state.Destinations[replica].Health.Active == DestinationHealth.Healthy;

    /// <summary>Reads until something holds.</summary>
    protected async Task ReadUntilAsync(Func<bool> holds)
    {
        async Task LoopAsync()
        {
            while (!holds())
                await ReadAsync();
        }
        await LoopAsync().WithinAsync();
    }
}
