using System.Net;
using System.Text;
using System.Text.Json;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class TranscodingTests : EchoFixture
{
    [Test]
    public async Task Body_BindsEveryKindOfField()
    {
        const string body = """
            { "text": "größer", "times": 3, "loud": true, "mood": "MOOD_GOOD", "tags": ["a", "b"], "nested": { "name": "n", "depth": 2 },
              "since": "2026-01-02T03:04:05Z", "limit": 0, "big": "9007199254740993", "blob": "AAH/", "ratio": 1.5, "labels": { "k": "v" }, "wrapped": 7 }
            """;

        JsonElement request = (await PostAsync("/v1/echo", body).InTime()).GetProperty("request");

        Assert.Multiple(() =>
        {
            Assert.That(request.GetProperty("text").GetString(), Is.EqualTo("größer"));
            Assert.That(request.GetProperty("mood").GetString(), Is.EqualTo("MOOD_GOOD"));
            Assert.That(request.GetProperty("tags").GetArrayLength(), Is.EqualTo(2));
            Assert.That(request.GetProperty("nested").GetProperty("depth").GetInt32(), Is.EqualTo(2));
            Assert.That(request.GetProperty("since").GetString(), Is.EqualTo("2026-01-02T03:04:05Z"));
            Assert.That(request.GetProperty("limit").GetInt32(), Is.Zero);
            Assert.That(request.GetProperty("big").GetInt64(), Is.EqualTo(9007199254740993));
            Assert.That(request.GetProperty("blob").GetString(), Is.EqualTo("AAH/"));
            Assert.That(request.GetProperty("labels").GetProperty("k").GetString(), Is.EqualTo("v"));
            Assert.That(request.GetProperty("wrapped").GetInt32(), Is.EqualTo(7));
        });
    }

    [Test]
    public async Task Response_WritesDefaultsAndLeavesOutWhatIsUnset()
    {
        JsonElement response = await PostAsync("/v1/echo", """{ "text": "" }""").InTime();

        string[] names = [.. response.EnumerateObject().Select(property => property.Name)];
        Assert.That(names, Is.EqualTo(new[] { "text", "request", "big", "tags", "flag", "mood" }));
        Assert.That(response.GetProperty("mood").GetString(), Is.EqualTo("MOOD_UNSPECIFIED"));
        Assert.That(response.GetProperty("request").TryGetProperty("limit", out _), Is.False);
    }

    [TestCase("/v1/echo/hello", "hello")]
    [TestCase("/v1/echo/a%2Fb", "a/b")]
    [TestCase("/v1/echo/a%252Fb", "a%2Fb")]
    [TestCase("/v1/echo/%E7%8C%AB", "猫")]
    [TestCase("/v1/echo/a:b", "a:b")]
    [TestCase("/v1/echo/a+b", "a+b")]
    public async Task Path_IsDecodedOnce(string path, string text)
    {
        JsonElement response = await GetAsync(path).InTime();

        Assert.That(response.GetProperty("text").GetString(), Is.EqualTo(text));
    }

    [Test]
    public async Task Path_OfSeveralSegments_KeepsEncodedSlashes()
    {
        using HttpResponseMessage response = await Host.Rest.GetAsync(new Uri("/v1/files/a/b%2Fc/d%20e", UriKind.Relative)).InTime();

        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Is.EqualTo("\"a/b%2Fc/d e\""));
    }

    [Test]
    public async Task Path_WinsOverTheBody()
    {
        JsonElement response = await SendAsync(HttpMethod.Put, "/v1/echo/path", """{ "text": "body", "times": 2 }""").InTime();

        Assert.That(response.GetProperty("text").GetString(), Is.EqualTo("path"));
        Assert.That(response.GetProperty("request").GetProperty("times").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Path_WinsOverTheBody_EvenWithDefaultValues()
    {
        JsonElement response = await SendAsync(HttpMethod.Put, "/v1/echo/path/depth/0/false", """{ "loud": true, "nested": { "name": "kept", "depth": 7 } }""").InTime();

        JsonElement request = response.GetProperty("request");
        Assert.That(request.GetProperty("nested").GetProperty("depth").GetInt32(), Is.Zero);
        Assert.That(request.GetProperty("nested").GetProperty("name").GetString(), Is.EqualTo("kept"));
        Assert.That(request.GetProperty("loud").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Body_MayBeOneField_AndQueryTheOthers()
    {
        JsonElement request = (await SendAsync(HttpMethod.Patch, "/v1/echo/t/nested?times=4", """{ "name": "inner" }""").InTime()).GetProperty("request");

        Assert.That(request.GetProperty("nested").GetProperty("name").GetString(), Is.EqualTo("inner"));
        Assert.That(request.GetProperty("times").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task Query_BindsScalarsListsAndNestedFields()
    {
        JsonElement request = (await GetAsync("/v1/echo/t?times=3&loud=true&mood=MOOD_GOOD&tags=a&tags=b&nested.depth=5&since=2026-01-02T03:04:05Z&limit=9&big=42&wrapped=6&ratio=0.5").InTime()).GetProperty("request");

        Assert.Multiple(() =>
        {
            Assert.That(request.GetProperty("times").GetInt32(), Is.EqualTo(3));
            Assert.That(request.GetProperty("loud").GetBoolean(), Is.True);
            Assert.That(request.GetProperty("mood").GetString(), Is.EqualTo("MOOD_GOOD"));
            Assert.That(request.GetProperty("tags").GetArrayLength(), Is.EqualTo(2));
            Assert.That(request.GetProperty("nested").GetProperty("depth").GetInt32(), Is.EqualTo(5));
            Assert.That(request.GetProperty("since").GetString(), Is.EqualTo("2026-01-02T03:04:05Z"));
            Assert.That(request.GetProperty("limit").GetInt32(), Is.EqualTo(9));
            Assert.That(request.GetProperty("wrapped").GetInt32(), Is.EqualTo(6));
        });
    }

    [TestCase("/v1/echo/t?surprise=1", "surprise")]
    [TestCase("/v1/echo/t?times=many", "times")]
    [TestCase("/v1/echo/t?loud=yes", "loud")]
    [TestCase("/v1/echo/t?mood=MOOD_BAD", "mood")]
    [TestCase("/v1/echo/t?text=other", "text")]
    [TestCase("/v1/echo/t?nested=x", "nested")]
    public async Task Query_ThatIsWrong_Is400AndNamesTheField(string path, string field)
    {
        using HttpResponseMessage response = await Host.Rest.GetAsync(new Uri(path, UriKind.Relative)).InTime();
        JsonElement error = JsonDocument.Parse(await response.Content.ReadAsStringAsync().InTime()).RootElement;

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(error.GetProperty("code").GetInt32(), Is.EqualTo(3));
        JsonElement detail = error.GetProperty("details")[0];
        Assert.That(detail.GetProperty("@type").GetString(), Is.EqualTo("type.googleapis.com/google.rpc.BadRequest"));
        Assert.That(detail.GetProperty("fieldViolations")[0].GetProperty("field").GetString(), Is.EqualTo(field));
    }

    [TestCase("""{ "text": """)]
    [TestCase("""{ "unknown": 1 }""")]
    [TestCase("""{ "times": "many" }""")]
    [TestCase("[]")]
    public async Task Body_ThatIsWrong_Is400(string body)
    {
        using HttpResponseMessage response = await Host.Rest.PostAsync(new Uri("/v1/echo", UriKind.Relative), Json(body)).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Body_ThatIsNoUtf8_Is400()
    {
        using var content = new ByteArrayContent([.. "{\"text\":\""u8, 0xff, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };

        using HttpResponseMessage response = await Host.Rest.PostAsync(new Uri("/v1/echo", UriKind.Relative), content).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Does.Contain("UTF-8"));
    }

    [Test]
    public async Task Body_OverTheLimit_Is413()
    {
        await using EchoHost small = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = 1000);

        using HttpResponseMessage response = await small.Rest.PostAsync(new Uri("/v1/echo", UriKind.Relative), Json($$"""{ "text": "{{new string('x', 2000)}}" }""")).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("/v1/echo:shout", "HI")]
    [TestCase("/v1/echo/hi:fork", "fork of hi")]
    public async Task CustomVerb_IsItsOwnRoute(string path, string text)
    {
        JsonElement response = await PostAsync(path, """{ "text": "hi" }""").InTime();

        Assert.That(response.GetProperty("text").GetString(), Is.EqualTo(text));
    }

    [TestCase("DELETE", "/v1/echo", "POST")]
    [TestCase("GET", "/v1/echo:shout", "POST")]
    [TestCase("DELETE", "/v1/count", "GET")]
    public async Task WrongVerb_Is405WithAllow(string verb, string path, string allow)
    {
        using HttpResponseMessage response = await Host.Rest.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path)).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(string.Join(", ", response.Content.Headers.Allow.Order()), Is.EqualTo(allow));
    }

    [TestCase("/v1/nothing")]
    [TestCase("/v1")]
    [TestCase("/v1/echo/a/b")]
    public async Task UnknownPath_Is404(string path)
    {
        using HttpResponseMessage response = await Host.Rest.GetAsync(new Uri(path, UriKind.Relative)).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    private Task<JsonElement> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private async Task<JsonElement> SendAsync(HttpMethod verb, string path, string? body)
    {
        using var request = new HttpRequestMessage(verb, path) { Content = body is null ? null : Json(body) };
        using HttpResponseMessage response = await Host.Rest.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonDocument.Parse(text).RootElement;
    }
}
