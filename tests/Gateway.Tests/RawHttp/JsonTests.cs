using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Gateway.Tests.Upstreams;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Json;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>JSON that readers disagree on, through the gateway to a service that reads bodies as all of the fleet do.</summary>
internal sealed class JsonTests
{
    private readonly EchoEnhancement _service = new();
    private WebApplication _app = null!;
    private TestGateway _gateway = null!;
    private string _key = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (_app, var ports) = await TestHost.StartAsync(
            builder =>
            {
                builder.Services.AddGrpc().AddJsonTranscoding();
                builder.Services.AddSingleton(_service);
            },
            app =>
            {
                app.UseMiddleware<RequestIdMiddleware>();
                app.UseMiddleware<ProblemMiddleware>();
                app.UseRouting();
                app.UseMiddleware<StrictJsonMiddleware>();
                app.MapGrpcService<EchoEnhancement>();
            });
        _gateway = await TestGateway.StartAsync("--services:enhancement:http:0=" + ports.Http, "--RateLimits:AddressBurst=10000");
        _key = _gateway.Auth.CreateKey();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _gateway.DisposeAsync();
        await _app.DisposeAsync();
        _gateway.Errors.Verify();
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        TestCaseData Case(string name, string body, string code) => new TestCaseData(body, code).SetArgDisplayNames(name);
        yield return Case("depth 1000, arrays", "{\"prompt\":" + new string('[', 1000) + new string(']', 1000) + "}", "invalid_request");
        yield return Case("depth 1000, objects", string.Concat(Enumerable.Repeat("{\"context\":", 1000)) + "1" + new string('}', 1000), "invalid_request");
        yield return Case("depth 100000, never closed", new string('[', 100_000), "invalid_body");
        yield return Case("duplicate key", """{"prompt":"one","prompt":"two"}""", "invalid_request");
        yield return Case("duplicate key, escaped", """{"prompt":"one","\u0070rompt":"two"}""", "invalid_request");
        yield return Case("duplicate key, other case", """{"maxTechniques":1,"max_techniques":2,"prompt":"x"}""", "invalid_request");
        yield return Case("number 1e999", """{"prompt":"x","maxTechniques":1e999}""", "invalid_request");
        yield return Case("number beyond 32 bits", """{"prompt":"x","maxTechniques":4294967297}""", "invalid_request");
        yield return Case("number as NaN", """{"prompt":"x","maxTechniques":NaN}""", "invalid_body");
        yield return Case("overlong slash", "{\"prompt\":\"\u00C0\u00AF\"}", "invalid_body");
        yield return Case("overlong NUL", "{\"prompt\":\"\u00C0\u0080\"}", "invalid_body");
        yield return Case("surrogate in UTF-8", "{\"prompt\":\"\u00ED\u00A0\u0080\"}", "invalid_body");
        yield return Case("lone surrogate", """{"prompt":"\ud800"}""", "invalid_request");
        yield return Case("NUL", """{"prompt":"a\u0000b"}""", "invalid_request");
        yield return Case("raw control character", "{\"prompt\":\"a\u0001b\"}", "invalid_body");
        yield return Case("UTF-16", "\u00FF\u00FE{\0}\0", "invalid_body");
        yield return Case("two documents", """{"prompt":"one"}{"prompt":"two"}""", "invalid_body");
        yield return Case("comment", """{"prompt":"one"/**/}""", "invalid_body");
        yield return Case("trailing comma", """{"prompt":"one",}""", "invalid_body");
        yield return Case("unknown field", """{"prompt":"one","__proto__":{}}""", "invalid_request");
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Body_ThatIsNotPlainJson_Is400(string body, string code)
    {
        int before = _service.Calls;

        var answer = await PostAsync(body, "application/json");

        Assert.That((answer.Status, answer.Code, _service.Calls), Is.EqualTo((400, code, before)), answer.Body);
    }

    [Test]
    public async Task Body_InUtf7_Is415AndAsUtf8ItIsItsLetters()
    {
        const string body = """{"prompt":"+ADw-script+AD4-"}""";
        int before = _service.Calls;

        Assert.That((await PostAsync(body, "application/json; charset=utf-7")).Status, Is.EqualTo(415));
        Assert.That(_service.Calls, Is.EqualTo(before));
        var answer = await PostAsync(body, "application/json");

        Assert.That(JsonNode.Parse(answer.Body)!["original"]!.GetValue<string>(), Is.EqualTo("+ADw-script+AD4-"));
    }

    private async Task<RawAnswer> PostAsync(string body, string type)
    {
        var answers = await RawConnection.ExchangeAsync(
            _gateway.Ports.Http,
            $"POST /v1/enhance HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {_key}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
        return answers.Single();
    }
}
