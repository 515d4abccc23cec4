using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PromptPlatform.Enhancement.Tests.Service;

public sealed class BadInputTests
{
    private static readonly TestCaseData[] s_cases =
    [
        new("""{"prompt":""}""", 400, "/prompt"),
        new("""{"prompt":" \n\t "}""", 400, "/prompt"),
        new("{}", 400, "/prompt"),
        new(JsonSerializer.Serialize(new { prompt = new string('a', 40_000) }), 413, "/prompt"),
        new("""{"promt":"hi"}""", 400, "/promt"),
        new("""{"prompt":"a","prompt":"b"}""", 400, "/prompt"),
        new("""{"prompt":5}""", 400, "/prompt"),
        new("""{"prompt":"a\u0000b"}""", 400, "/prompt"),
        new("""{"prompt":"a\ud800"}""", 400, "/prompt"),
        new("""{"prompt":"hi","locked":[{"start":0,"end":3}]}""", 400, "/locked/0"),
        new("""{"prompt":"hi","locked":[{"start":-1,"end":1}]}""", 400, "/locked/0"),
        new("""{"prompt":"hi","locked":[{"start":1,"end":1}]}""", 400, "/locked/0"),
        new("""{"prompt":"hello","locked":[{"start":0,"end":3},{"start":2,"end":4}]}""", 400, "/locked/1"),
        new("""{"prompt":"a😀b","locked":[{"start":0,"end":2}]}""", 400, "/locked/0"),
        new("""{"prompt":"hi","style":"loud"}""", 400, "/style"),
        new("""{"prompt":"hi","language":"tlh"}""", 400, "/language"),
        new("""{"prompt":"hi","rewrite":"llm"}""", 400, "/rewrite"),
        new("""{"prompt":"hi","variations":6}""", 400, "/variations"),
        new("""{"prompt":"hi","variations":-1}""", 400, "/variations"),
        new("""{"prompt":"hi","maxTechniques":11}""", 400, "/maxTechniques"),
        new("""{"prompt":"hi","goals":["speed"]}""", 400, "/goals/0"),
        new("""{"prompt":"hi","target":{"family":"bert"}}""", 400, "/target/family"),
        new("""{"prompt":"hi","target":{"reasoning":"yes"}}""", 400, "/target/reasoning"),
        new("""{"prompt":"hi","messages":[{"role":"user","content":"hi"}]}""", 400, "/messages"),
        new("""{"messages":[{"role":"assistant","content":"hi"}]}""", 400, "/messages"),
        new("""{"messages":[{"role":"king","content":"hi"}]}""", 400, "/messages/0/role"),
        new("""{"messages":[{"role":"user","content":" "}]}""", 400, "/messages/0/content"),
    ];

    [TestCaseSource(nameof(s_cases))]
    public async Task Enhance_WhenAFieldIsWrong_NamesItAndTheCure(string body, int status, string field)
    {
        var reply = await ServiceFixture.Service.Client().PostAsync("/v1/enhance", body);

        Assert.That((int)reply.Status, Is.EqualTo(status), reply.Text);
        Assert.That(reply.Message.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(reply.Pointer, Is.EqualTo(field));
        Assert.That(reply["requestId"], Is.EqualTo(reply.Message.Headers.GetValues("X-Request-Id").Single()));
    }

    [TestCase("", 400)]
    [TestCase("{", 400)]
    [TestCase("[]", 400)]
    [TestCase("""{"prompt":"hi"} trailing""", 400)]
    public async Task Enhance_WhenTheBodyIsNoJsonObject_SaysSo(string body, int status)
    {
        var reply = await ServiceFixture.Service.Client().PostAsync("/v1/enhance", body);

        Assert.That((int)reply.Status, Is.EqualTo(status), reply.Text);
        Assert.That(reply["code"], Is.EqualTo("invalid_body"));
    }

    [Test]
    public async Task Enhance_WhenTheBodyIsNotUtf8_SaysSo()
    {
        using var content = new ByteArrayContent([.. "{\"prompt\":\""u8, 0xFF, 0xFE, .. "\"}"u8]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        var reply = await Reply.OfAsync(ServiceFixture.Service.Client().PostAsync("/v1/enhance", content));

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply["detail"], Does.Contain("UTF-8"));
    }

    [Test]
    public async Task Enhance_WithoutABody_NamesThePrompt()
    {
        var reply = await Reply.OfAsync(ServiceFixture.Service.Client().PostAsync("/v1/enhance", null));

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply.Text, Does.Contain("/prompt"));
    }

    [Test]
    public async Task Enhance_WhenTheContentIsNoJson_Is415()
    {
        using var content = new StringContent("prompt=hi", Encoding.UTF8, "application/x-www-form-urlencoded");

        var reply = await Reply.OfAsync(ServiceFixture.Service.Client().PostAsync("/v1/enhance", content));

        Assert.That((int)reply.Status, Is.EqualTo(415), reply.Text);
        Assert.That(reply["code"], Is.EqualTo("unsupported_media_type"));
    }

    [TestCase("GET", "/v1/enhance", 405)]
    [TestCase("PUT", "/v1/enhance", 405)]
    [TestCase("POST", "/v1/enhancer", 404)]
    [TestCase("GET", "/v1/enhancements/enh_nonsense", 404)]
    [TestCase("GET", "/v1/enhancements?limit=101", 400)]
    [TestCase("GET", "/v1/enhancements?limit=-1", 400)]
    [TestCase("GET", "/v1/enhancements?cursor=%21", 400)]
    [TestCase("GET", "/v1/enhancements?colour=red", 400)]
    public async Task Route_WhenItIsWrong_AnswersWithAProblem(string verb, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);

        var reply = await Reply.OfAsync(ServiceFixture.Service.Client().SendAsync(request));

        Assert.That((int)reply.Status, Is.EqualTo(status), reply.Text);
        Assert.That(reply["status"], Is.EqualTo(status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task Batch_WithTooManyItems_IsRefusedWhole([Values(0, 101)] int count)
    {
        var http = ServiceFixture.Service.Client();

        var reply = await http.PostAsync("/v1/enhance:batch", JsonSerializer.Serialize(new { items = Enumerable.Repeat(new { prompt = "hi" }, count) }));

        Assert.That((int)reply.Status, Is.EqualTo(400), reply.Text);
        Assert.That(reply.Pointer, Is.EqualTo("/items"));
    }

    [Test]
    public async Task Enhance_WithoutToken_Is401()
    {
        var reply = await ServiceFixture.Service.Host.Http().EnhanceAsync(new { prompt = "hi" });

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.Unauthorized), reply.Text);
        Assert.That(reply.Message.Headers.WwwAuthenticate, Is.Not.Empty);
    }

    [Test]
    public async Task Enhance_WithoutItsScope_Is403()
    {
        var reply = await ServiceFixture.Service.Client(scopes: "history:read").EnhanceAsync(new { prompt = "hi" });

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.Forbidden), reply.Text);
        Assert.That(reply["detail"], Does.Contain("enhance"));
    }
}
