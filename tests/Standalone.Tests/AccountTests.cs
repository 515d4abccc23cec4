using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Standalone.Tests;

/// <summary>Data requests over the public API, through every service of one process.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class AccountTests
{
    private const string Canary = "canary-7f3a9 of the person";

    private string data = "";
    private StandaloneProcess standalone = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await PostgresServer.AdminAsync().WithinAsync(120);
        data = Directory.CreateTempSubdirectory("promptplatform-account-").FullName;
        standalone = await StandaloneProcess.StartAsync(data);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        standalone?.Dispose();
        Directory.Delete(data, recursive: true);
    }

    [Test]
    public async Task ExportThenErasure_OfAnOrganisation_GoThroughEveryServiceAndLeaveNothing()
    {
        using var http = await OrganizationAsync();
        var enhancement = await PostAsync(http, "/v1/enhance", new { prompt = $"write a poem about the {Canary}" });
        string id = enhancement.GetProperty("id").GetString()!;
        await PostAsync(http, $"/v1/enhancements/{id}/feedback", new { rating = "up", comment = $"good for the {Canary}" });
        await SendEventAsync(http, "person-1");
        await SendEventAsync(http, "person-2");

        var export = await DoneAsync(http, (await PostAsync(http, "/v1/account:export", new { })).GetProperty("id").GetString()!);
        string copy = string.Concat(await Task.WhenAll(export.GetProperty("services").EnumerateArray().Select(s => http.GetStringAsync(s.GetProperty("path").GetString()!)))).ReplaceLineEndings("\n");
        string org = (await http.GetFromJsonAsync<JsonElement>("/v1/organizations").WithinAsync()).GetProperty("data")[0].GetProperty("id").GetString()!;
        using var erased = await http.DeleteAsync($"/v1/account?confirm={org}").WithinAsync();
        var answer = await erased.Content.ReadFromJsonAsync<JsonElement>().WithinAsync();
        using var receipts = Client(answer.GetProperty("receiptKey").GetString()!);
        var erasure = await DoneAsync(receipts, answer.GetProperty("request").GetProperty("id").GetString()!);

        Assert.That(copy, Does.Contain($"write a poem about the {Canary}").And.Contain($"good for the {Canary}").And.Contain("person-1").And.Contain("person-2"));
        Assert.That(copy.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line).GetProperty("service").GetString()).Distinct(), Is.EquivalentTo(new[] { "analytics", "auth", "enhancement" }));
        Assert.That(RowsOf(erasure, "enhancement", "enhancements"), Is.EqualTo(1));
        Assert.That(RowsOf(erasure, "enhancement", "feedback"), Is.EqualTo(1));
        Assert.That(RowsOf(erasure, "analytics", "events"), Is.GreaterThanOrEqualTo(2));
        Assert.That(RowsOf(erasure, "auth", "organizations"), Is.EqualTo(1));
        Assert.That(RowsOf(erasure, "catalog", "techniques"), Is.Zero);
        await RefusedSoonAsync(http);
    }

    [Test]
    public async Task Erasure_OfAnActor_LeavesTheOrganisationAndRefusesWhatComesLater()
    {
        using var http = await OrganizationAsync();
        await SendEventAsync(http, "gone");
        await SendEventAsync(http, "stays");

        using var erased = await http.DeleteAsync("/v1/account?actor=gone").WithinAsync();
        var answer = await erased.Content.ReadFromJsonAsync<JsonElement>().WithinAsync();
        var erasure = await DoneAsync(http, answer.GetProperty("request").GetProperty("id").GetString()!);

        Assert.That(answer.TryGetProperty("receiptKey", out var key) ? key.GetString() : "", Is.Empty);
        Assert.That(RowsOf(erasure, "analytics", "events"), Is.EqualTo(1));
        Assert.That(erasure.TryGetProperty("actor", out var actor) ? actor.GetString() : "", Is.Empty, "forgotten when all is done");
        Assert.That((await SendEventAsync(http, "gone")).GetProperty("refused").GetInt32(), Is.EqualTo(1));
        Assert.That((await SendEventAsync(http, "stays")).GetProperty("accepted").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Erasure_OfTheOperatorsOrganisation_IsRefused()
    {
        string org = (await standalone.Http.GetFromJsonAsync<JsonElement>("/v1/organizations").WithinAsync()).GetProperty("data").EnumerateArray().Last().GetProperty("id").GetString()!;

        using var answer = await standalone.Http.DeleteAsync($"/v1/account?confirm={org}").WithinAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    private HttpClient Client(string key)
    {
        var http = new HttpClient { BaseAddress = standalone.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    private async Task<HttpClient> OrganizationAsync() =>
        Client((await PostAsync(standalone.Http, "/v1/organizations", new { name = "a person's firm" })).GetProperty("secret").GetString()!);

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body).WithinAsync(60);
        string text = await answer.Content.ReadAsStringAsync().WithinAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonElement.Parse(text);
    }

    private static Task<JsonElement> SendEventAsync(HttpClient http, string actor) =>
        PostAsync(http, "/v1/events", new { events = new[] { new { id = Guid.NewGuid(), name = "opened", actor, at = TimeProvider.System.GetUtcNow() } } });

    /// <summary>The request when every service has answered.</summary>
    private static async Task<JsonElement> DoneAsync(HttpClient http, string id)
    {
        for (int i = 0; i < 300; i++)
        {
            var request = await http.GetFromJsonAsync<JsonElement>($"/v1/account/data-requests/{id}").WithinAsync();
            if (request.GetProperty("status").GetString() == "done")
                return request;
            await Task.Delay(100);
        }
        throw new AssertionException($"{id} was not done in time");
    }

    private static int RowsOf(JsonElement request, string service, string kind) => request.GetProperty("services").EnumerateArray().Single(s => s.GetProperty("service").GetString() == service)
        .GetProperty("data").EnumerateArray().Single(d => d.GetProperty("kind").GetString() == kind).GetProperty("rows").GetInt32();

    private static async Task RefusedSoonAsync(HttpClient http)
    {
        for (int i = 0; i < 100; i++)
        {
            using var answer = await http.GetAsync("/v1/enhancements").WithinAsync();
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
                return;
            await Task.Delay(100);
        }
        Assert.Fail("the old key still works");
    }
}
