using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Gateway.Tests.Upstreams;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests;

/// <summary>A real gateway on free ports, before a fake Auth and a service that echoes.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly List<WebApplication> _apps = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private TestGateway(TestClock clock)
    {
        Clock = clock;
        Auth = new FakeAuth(clock);
    }

    public TestClock Clock { get; }

    public FakeAuth Auth { get; }

    public EchoService Echo { get; } = new();

    public EchoEnhancement Enhancement { get; } = new();

    public EchoCatalog Catalog { get; } = new();

    public ErrorLogGuard Errors { get; } = new();

    public BoundPorts Ports { get; private set; } = null!;

    /// <summary>The service itself, past the gateway.</summary>
    public string Upstream { get; private set; } = "";

    /// <summary>Settings that name the services, for another gateway before them.</summary>
    public string[] Addresses { get; private set; } = [];

    public IServiceProvider Services => _apps[^1].Services;

    public static async Task<TestGateway> StartAsync(params string[] settings)
    {
        // From now on and not from a fixed day: deadlines on the wire are counted by the real clock.
        var gateway = new TestGateway(new TestClock(TimeProvider.System.GetUtcNow()));
        await gateway.StartAllAsync(settings).WithinAsync(60);
        return gateway;
    }

    public HttpRequestMessage Request(HttpMethod method, string path, string? key = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, Ports.Http + path) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption option = HttpCompletionOption.ResponseContentRead) =>
        _http.SendAsync(request, option).WithinAsync();

    public Task<HttpResponseMessage> GetAsync(string path, string? key = null) => SendAsync(Request(HttpMethod.Get, path, key));

    public Task<HttpResponseMessage> EnhanceAsync(string? key, string body = """{"prompt":"hi"}""") =>
        SendAsync(Request(HttpMethod.Post, "/v1/enhance", key, new StringContent(body, new MediaTypeHeaderValue("application/json"))));

    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress(Ports.Grpc);

    public static async Task<Seen> SeenAsync(HttpResponseMessage response)
    {
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        var seen = (await response.Content.ReadFromJsonAsync<Seen>(JsonSerializerOptions.Web))!;
        return seen with { Headers = new Dictionary<string, string>(seen.Headers, StringComparer.OrdinalIgnoreCase) };
    }

    public async Task StopAuthAsync() => await _apps[0].StopAsync();

    public async Task StopServicesAsync() => await _apps[1].StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var app in Enumerable.Reverse(_apps))
        {
            await app.StopAsync().WithinAsync();
            await app.DisposeAsync().AsTask().WithinAsync();
        }
    }

    private async Task StartAllAsync(string[] settings)
    {
        var (auth, authPorts) = await TestHost.StartAsync(b => AddGrpc(b).AddSingleton(Auth), app => app.MapGrpcService<FakeAuth>());
        _apps.Add(auth);
        var (service, ports) = await TestHost.StartAsync(
            b => AddGrpc(b).AddSingleton(Enhancement).AddSingleton(Catalog),
            app =>
            {
                app.UseWebSockets();
                app.MapGrpcService<EchoEnhancement>();
                app.MapGrpcService<EchoCatalog>();
                app.Map("/v1/{**rest}", Echo.HandleAsync);
                app.Map("/.well-known/{**rest}", Echo.HandleAsync);
            });
        _apps.Add(service);
        Upstream = ports.Http;
        Addresses =
        [
            .. new[] { "enhancement", "catalog", "analytics", "billing", "inference", "auth" }.Select(s => $"--services:{s}:http:0={ports.Http}"),
            .. new[] { "enhancement", "catalog", "analytics", "billing", "inference" }.Select(s => $"--services:{s}:grpc:0={ports.Grpc}"),
            $"--services:auth:grpc:0={authPorts.Grpc}",
        ];
        var gateway = ServiceProgram.Build(
            ["--Ports:Management=-1", "--Limits:DrainDelay=00:00:00", "--Limits:DrainTimeout=00:00:01", "--Identity:ServiceSecret=test", .. Addresses, .. settings],
            AddGateway,
            app => app.MapGateway());
        _apps.Add(gateway);
        await gateway.StartAsync();
        Ports = BoundPorts.Of(gateway);
    }

    private void AddGateway(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddProvider(Errors);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddGateway();
    }

    private static IServiceCollection AddGrpc(WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc();
        return builder.Services;
    }
}
