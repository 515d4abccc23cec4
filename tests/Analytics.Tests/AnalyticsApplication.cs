using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests;

/// <summary>Analytics, running, with methods that speak its language. Today is 2026-03-10 unless the clock is turned.</summary>
internal sealed class AnalyticsApplication(ServiceHost host, TestClock clock) : IAsyncDisposable
{
    private static readonly DateTimeOffset s_today = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Its clock.</summary>
    public TestClock Clock => clock;

    /// <summary>Its parts.</summary>
    public IServiceProvider Services => host.Services;

    public static async Task<AnalyticsApplication> StartAsync(ErrorLogGuard errors, params string[] settings)
    {
        var clock = new TestClock(s_today);
        var host = await ServiceHost.StartAsync("analytics", AnalyticsSetup.AddAnalytics, AnalyticsSetup.MapAnalytics, errors, configure: b => b.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)), settings: settings);
        return new AnalyticsApplication(host, clock);
    }

    /// <summary>Brings an event to every consumer, as a bus does.</summary>
    public async Task DeliverAsync(IPlatformEvent happened)
    {
        foreach (var subscription in host.Services.GetServices<EventSubscription>())
            await subscription.DeliverAsync(happened, CancellationToken.None).WithinAsync();
    }

    /// <summary>Sends events of a product.</summary>
    public async Task<IngestEventsResponse> SendAsync(Guid orgId, params EventInput[] events) =>
        await AskAsync(orgId, (client, headers) => client.IngestEventsAsync(new() { Events = { events } }, headers));

    /// <summary>Calls an RPC of analytics for an organisation.</summary>
    public Task<T> AskAsync<T>(Guid orgId, Func<AnalyticsService.AnalyticsServiceClient, Grpc.Core.Metadata, Grpc.Core.AsyncUnaryCall<T>> call)
    {
        var headers = new Grpc.Core.Metadata { { "authorization", "Bearer " + host.Identity.Token("analytics", orgId, "analytics:read events:write", clock.GetUtcNow()) } };
        return call(new AnalyticsService.AnalyticsServiceClient(host.Channel), headers).ResponseAsync.WithinAsync();
    }

    /// <summary>Asks as Enhancement does for what organisations have learned.</summary>
    public Task<FindLearningSnapshotsResponse> SnapshotsAsync(params KnownSnapshot[] known)
    {
        var headers = new Grpc.Core.Metadata { { "authorization", "Bearer " + host.Identity.ServiceToken("analytics", "enhancement", "analytics.learning", clock.GetUtcNow()) } };
        return new LearningService.LearningServiceClient(host.Channel).FindLearningSnapshotsAsync(new() { Organizations = { known } }, headers).ResponseAsync.WithinAsync();
    }

    /// <summary>Posts JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(Guid orgId, string path, string json, string scopes = "events:write")
    {
        using var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("analytics", orgId, scopes, clock.GetUtcNow()));
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(path, content).WithinAsync();
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>().WithinAsync());
    }

    /// <summary>Gets a text.</summary>
    public async Task<(HttpStatusCode Status, string Body)> TextAsync(Guid orgId, string scopes, string path)
    {
        using var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("analytics", orgId, scopes, clock.GetUtcNow()));
        using var answer = await http.GetAsync(path).WithinAsync();
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync().WithinAsync());
    }

    /// <summary>Makes any call; the answer's JSON is undefined where there is none.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> CallAsync(Guid orgId, string scopes, HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var http = host.Http();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", host.Identity.Token("analytics", orgId, scopes, clock.GetUtcNow()));
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request).WithinAsync();
        var body = await answer.Content.ReadAsStringAsync().WithinAsync();
        return (answer.StatusCode, body.Length == 0 ? default : JsonElement.Parse(body));
    }

    public async Task<IReadOnlyList<UsageDay>> UsageAsync(Guid orgId, string from = "", string to = "")
    {
        var headers = new Grpc.Core.Metadata { { "authorization", "Bearer " + host.Identity.Token("analytics", orgId, "analytics:read", clock.GetUtcNow()) } };
        var client = new AnalyticsService.AnalyticsServiceClient(host.Channel);
        return (await client.GetUsageAsync(new() { From = from, To = to }, headers).ResponseAsync.WithinAsync()).Data;
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> RestAsync(Guid orgId, string path, string scopes = "analytics:read")
    {
        using var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("analytics", orgId, scopes, clock.GetUtcNow()));
        using var answer = await http.GetAsync(path).WithinAsync();
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>().WithinAsync());
    }

    /// <summary>A client that may read; its token is fresh.</summary>
    public HttpClient Client(Guid orgId)
    {
        var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("analytics", orgId, "analytics:read", clock.GetUtcNow()));
        return http;
    }

    /// <summary>Gets a file.</summary>
    public async Task<(HttpStatusCode Status, string? Type, string Body)> DownloadAsync(Guid orgId, string path)
    {
        using var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("analytics", orgId, "analytics:read", clock.GetUtcNow()));
        using var answer = await http.GetAsync(path).WithinAsync();
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync().WithinAsync());
    }

    /// <summary>Headers of an organisation that reads and writes experiments, or, without one, of the service that saves definitions.</summary>
    public Grpc.Core.Metadata ExperimentHeaders(Guid? orgId = null) => new()
    {
        {
            "authorization", "Bearer " + (orgId is { } org
                ? host.Identity.Token("analytics", org, "experiments:read experiments:write", clock.GetUtcNow())
                : host.Identity.ServiceToken("analytics", "enhancement", "analytics.experiments", clock.GetUtcNow()))
        },
    };

    /// <summary>A client of experiments.</summary>
    public ExperimentService.ExperimentServiceClient Experiments => new(host.Channel);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
