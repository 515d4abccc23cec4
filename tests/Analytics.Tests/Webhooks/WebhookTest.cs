using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Webhooks;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Webhooks;

/// <summary>A service of its own that sends when the test says so, an organisation and an endpoint.</summary>
internal abstract class WebhookTest
{
    private const string Scopes = "webhooks:read webhooks:write";

    private readonly ErrorLogGuard errors = new();

    protected AnalyticsApplication Analytics { get; private set; } = null!;

    protected Receiver Endpoint { get; private set; } = null!;

    protected Guid Org { get; private set; }

    protected virtual string[] Settings => ["--Analytics:Webhooks:Send=false", "--Analytics:Webhooks:AllowLoopback=true"];

    [OneTimeSetUp]
    public async Task StartServiceAsync() => Analytics = await AnalyticsApplication.StartAsync(errors, Settings);

    [SetUp]
    public async Task StartEndpointAsync()
    {
        Org = Guid.NewGuid();
        Endpoint = await Receiver.StartAsync();
    }

    [TearDown]
    public async Task StopEndpointAsync() => await Endpoint.DisposeAsync();

    [OneTimeTearDown]
    public async Task StopServiceAsync()
    {
        await Analytics.DisposeAsync();
        errors.Verify();
    }

    /// <summary>Sends everything that is due; answers how many attempts were made for this organisation: other tests leave deliveries behind.</summary>
    protected async Task<int> SendDueAsync()
    {
        var deliver = Analytics.Services.GetRequiredService<DeliverEvents>();
        int sent = 0;
        while (await deliver.ClaimAsync(1000, CancellationToken.None).WithinAsync() is { Count: > 0 } claimed)
        {
            await Task.WhenAll(claimed.Select(c => deliver.SendAsync(c, CancellationToken.None))).WithinAsync();
            sent += claimed.Count(c => c.OrgId == Org);
        }
        return sent;
    }

    protected Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path, Guid? org = null) => Analytics.CallAsync(org ?? Org, Scopes, HttpMethod.Get, path);

    protected Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        Analytics.CallAsync(Org, Scopes, HttpMethod.Post, path, JsonSerializer.Serialize(body), headers);

    protected Task<(HttpStatusCode Status, JsonElement Json)> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        Analytics.CallAsync(Org, Scopes, HttpMethod.Patch, path, JsonSerializer.Serialize(body), headers);

    protected Task<(HttpStatusCode Status, JsonElement Json)> DeleteAsync(string path, Guid? org = null) => Analytics.CallAsync(org ?? Org, Scopes, HttpMethod.Delete, path);

    /// <summary>Creates a webhook to the endpoint; answers its path and its secret.</summary>
    protected async Task<(string Path, string Secret)> CreateAsync(string? url = null, params string[] events)
    {
        var (status, json) = await PostAsync("/v1/webhooks", new { url = url ?? Endpoint.Url, events = events.Length == 0 ? ["*"] : events });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), json.ToString());
        return ("/v1/webhooks/" + json.GetProperty("webhook").GetProperty("id").GetString(), json.GetProperty("secret").GetString()!);
    }

    protected async Task<JsonElement> WebhookAsync(string path) => (await GetAsync(path)).Json;

    protected async Task<JsonElement[]> DeliveriesAsync(string path) => [.. (await GetAsync(path + "/deliveries?limit=100")).Json.GetProperty("data").EnumerateArray()];
}
