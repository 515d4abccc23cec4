using System.Net;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>How transcoded calls run and fail.</summary>
public sealed class TranscodedCallTests : EchoFixture
{
    [TestCase("not-found", HttpStatusCode.NotFound, 5)]
    [TestCase("details", HttpStatusCode.BadRequest, 3)]
    [TestCase("throw", HttpStatusCode.InternalServerError, 2)]
    [TestCase("set-status", HttpStatusCode.Conflict, 10)]
    [TestCase("metadata", HttpStatusCode.OK, null)]
    public async Task Failure_HasTheStatusOfItsCode(string behaviour, HttpStatusCode status, int? code)
    {
        using HttpResponseMessage response = await PostAsync(behaviour).InTime();
        JsonElement body = JsonDocument.Parse(await response.Content.ReadAsStringAsync().InTime()).RootElement;

        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(body.TryGetProperty("code", out JsonElement found) ? found.GetInt32() : (int?)null, Is.EqualTo(code));
    }

    [Test]
    public async Task Failure_AfterTheHandlerSentHeaders_StillSetsTheHttpStatus()
    {
        using HttpResponseMessage response = await PostAsync("headers-then-fail").InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Does.Contain("after the headers"));
    }

    [Test]
    public async Task Failure_WritesItsDetails()
    {
        using HttpResponseMessage response = await PostAsync("details").InTime();
        JsonElement body = JsonDocument.Parse(await response.Content.ReadAsStringAsync().InTime()).RootElement;

        Assert.That(body.GetProperty("message").GetString(), Is.EqualTo("text: is empty — schlägt fehl"));
        Assert.That(body.GetProperty("details")[0].GetProperty("domain").GetString(), Is.EqualTo("tests"));
    }

    [Test]
    public async Task Headers_GoBothWays()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Content = Json("metadata"), Headers = { { "X-From", "me" } } };

        using HttpResponseMessage response = await Host.Rest.SendAsync(request).InTime();

        Assert.That(Host.Probe.Headers!.GetValue("x-from"), Is.EqualTo("me"));
        Assert.That(response.Headers.GetValues("answer").Single(), Is.EqualTo("42"));
    }

    [Test]
    public async Task Deadline_ThatTheHandlerIgnores_Is504()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Content = Json("ignore-deadline"), Headers = { { "grpc-timeout", "200m" } } };

        using HttpResponseMessage response = await Host.Rest.SendAsync(request).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
    }

    [Test]
    public async Task Caller_WhoGoesAway_CancelsTheHandler()
    {
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> call = Host.Rest.PostAsync(new Uri("/v1/echo", UriKind.Relative), Json("hang"), cancellation.Token);
        while (Host.Probe.Calls.IsEmpty)
        {
            await Task.Delay(5);
        }

        await cancellation.CancelAsync();

        Assert.That(() => call.InTime(), Throws.InstanceOf<OperationCanceledException>());
        await Host.Probe.Cancelled.Task.InTime();
    }

    [Test]
    public async Task Stream_IsOneLinePerResult()
    {
        string body = await Host.Rest.GetStringAsync(new Uri("/v1/count?to=3", UriKind.Relative)).InTime();

        Assert.That(Lines(body).Select(line => line.GetProperty("text").GetString()), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public async Task Stream_ThatFailsMidway_KeepsItsResultsAndEndsWithAnErrorLine()
    {
        using HttpResponseMessage response = await Host.Rest.GetAsync(new Uri("/v1/count?to=5&failAt=3", UriKind.Relative)).InTime();
        JsonElement[] lines = [.. Lines(await response.Content.ReadAsStringAsync().InTime())];

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[^1].GetProperty("error").GetProperty("code").GetInt32(), Is.EqualTo((int)StatusCode.DataLoss));
    }

    [Test]
    public async Task Stream_ThatFailsBeforeItsFirstResult_SetsTheHttpStatus()
    {
        using HttpResponseMessage response = await Host.Rest.GetAsync(new Uri("/v1/count?to=5&fail_at=1", UriKind.Relative)).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task Stream_SendsEachResultAtOnce()
    {
        using HttpResponseMessage response = await Host.Rest.GetAsync(new Uri("/v1/count?to=2&pauseMs=1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).InTime();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync().InTime());

        string? first = await reader.ReadLineAsync().InTime();

        Assert.That(JsonDocument.Parse(first!).RootElement.GetProperty("text").GetString(), Is.EqualTo("1"));
    }

    private static StringContent Json(string behaviour) => new($$"""{ "behaviour": "{{behaviour}}" }""", Encoding.UTF8, "application/json");

    private static IEnumerable<JsonElement> Lines(string body) =>
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    private Task<HttpResponseMessage> PostAsync(string behaviour) => Host.Rest.PostAsync(new Uri("/v1/echo", UriKind.Relative), Json(behaviour));
}
