using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Headers by which a caller would like to speak for somebody else, or to say one thing twice.</summary>
internal sealed class HeaderTests : RawTest
{
    [TestCase("Idempotency-Key: one\r\nIdempotency-Key: two", "Idempotency-Key")]
    [TestCase("Content-Type: application/json", "Content-Type")]
    public async Task Header_ThatIsThereTwice_Is400AndNamed(string header, string named)
    {
        var answers = await ExchangeAsync($"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{header}\r\nContent-Length: 2\r\n\r\n{{}}{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 400, 200 }));
        Assert.That(JsonNode.Parse(answers[0].Body)!["detail"]!.GetValue<string>(), Does.StartWith(named + ": is there twice"));
    }

    [TestCase("Authorization: Bearer  {0}")]
    [TestCase("Authorization: Bearer\t{0}")]
    [TestCase("Authorization: Bearer {0}\r\nAuthorization: Bearer {0}")]
    [TestCase("Authorization: Bearer {0}, Bearer {0}")]
    [TestCase("Authorization: Bearer {0} x")]
    public async Task Credential_ThatIsMalformed_Is401(string credential)
    {
        var answers = await ExchangeAsync($"GET /v1/techniques?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{string.Format(credential, Key)}\r\n\r\n{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 401, 200 }));
    }

    [TestCase("X-Forwarded-For: 203.0.113.7")]
    [TestCase("X-Forwarded-Host: evil.example")]
    [TestCase("X-Forwarded-Proto: https")]
    [TestCase("X-Forwarded-Port: 1")]
    [TestCase("X-Forwarded-Prefix: /evil")]
    [TestCase("Forwarded: for=203.0.113.7;host=evil.example;proto=https")]
    [TestCase("X-Real-IP: 203.0.113.7")]
    [TestCase("X-Original-For: 203.0.113.7")]
    [TestCase("X-Original-URL: /v1/evil.example")]
    [TestCase("X-Rewrite-URL: /v1/evil.example")]
    [TestCase("X-HTTP-Method-Override: DELETE")]
    [TestCase("X-HTTP-Method: DELETE")]
    [TestCase("X-Method-Override: DELETE")]
    [TestCase("Proxy-Authorization: Basic evil.example")]
    [TestCase("Connection: X-Request-Id, Authorization")]
    public async Task Header_ThatSpeaksForAProxy_ChangesNothing(string header)
    {
        var answers = await ExchangeAsync($"GET /v1/techniques?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{header}\r\n\r\n{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 200 }));
        var seen = JsonNode.Parse(answers[0].Body)!;
        var headers = seen["headers"]!.AsObject();
        Assert.That((seen["method"]!.GetValue<string>(), seen["path"]!.GetValue<string>()), Is.EqualTo(("GET", "/v1/techniques")));
        Assert.That(answers[0].Body, Does.Not.Contain("evil").And.Not.Contain("203.0.113.7").And.Not.Contain("DELETE"));
        Assert.That(headers.Select(h => h.Key).Where(k => k.StartsWith("X-", StringComparison.OrdinalIgnoreCase)), Is.EquivalentTo(new[] { "X-Forwarded-For", "X-Request-Id" }).IgnoreCase);
        Assert.That(headers["X-Forwarded-For"]!.GetValue<string>(), Is.EqualTo("127.0.0.1"));
        Assert.That(headers["Host"]!.GetValue<string>(), Does.StartWith("127.0.0.1:"), "the host of the service, not the caller's");
    }
}
