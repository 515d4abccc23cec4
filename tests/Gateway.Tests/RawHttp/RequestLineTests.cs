namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Request lines and header lines.</summary>
internal sealed class RequestLineTests : RawTest
{
    private string Rest => $" HTTP/1.1\r\nHost: gateway\r\n{Credential}\r\n";

    [TestCase("GET /v1/techniques HTTP/1.1\nHost: gateway\n\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\nX: a\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\n\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX: a\rY: b\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\rHost: gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost : gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX\t: a\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\n X: a\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX: a\r\n b\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nno colon\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\n: a\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX(Y): a\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX: a\u0001b\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX: a\0b\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: a, b\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: a/b\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: user@gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1\r\n\r\n")]
    [TestCase("GET http://elsewhere/v1/techniques HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET gateway/v1/techniques HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("get /v1/techniques HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("G\u00CBT /v1/techniques HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques\r\n")]
    [TestCase("GET /v1/techniques \r\n")]
    [TestCase("GET /v1/techniques HTTP/1.1 \r\nHost: gateway\r\n\r\n")]
    [TestCase("GET /v1/a b HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET  /v1/techniques HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET http://user@gateway/v1/techniques HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/1.2x\r\nHost: gateway\r\n\r\n")]
    [TestCase("OPTIONS * HTTP/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("CONNECT gateway:443 HTTP/1.1\r\nHost: gateway:443\r\n\r\n")]
    [TestCase("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n")]
    public async Task Request_ThatIsMalformed_IsRefused(string bytes)
    {
        await RefusedAsync(bytes + Last());
    }

    [TestCase("GET /v1/techniques http/1.1\r\nHost: gateway\r\n\r\n")]
    [TestCase("GET /v1/techniques HTTP/2.0\r\nHost: gateway\r\n\r\n")]
    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0")]
    public async Task Request_OfAnotherVersion_Is505(string bytes)
    {
        await RefusedAsync(bytes + Last(), 505);
    }

    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/grpc\r\n\r\n")]
    [TestCase("GET /nope HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/grpc+proto\r\n\r\n")]
    public async Task Grpc_OverHttp1_Is415(string bytes)
    {
        await RefusedAsync(bytes + Last(), 415);
    }

    [Test]
    public async Task RequestLine_OverItsLimit_Is414()
    {
        await RefusedAsync($"GET /v1/techniques?query={new string('x', 9000)}{Rest}", 414);
    }

    [TestCase(64)]
    [TestCase(200)]
    public async Task Header_OfManyKilobytes_Is431(int kilobytes)
    {
        var answer = await RefusedAsync($"GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\nX: {new string('x', kilobytes << 10)}\r\n\r\n", 431);

        Assert.That(answer.Code, Is.EqualTo("headers_too_large"));
    }

    [Test]
    public async Task Headers_OverAHundred_Are431()
    {
        await RefusedAsync($"GET /v1/techniques HTTP/1.1\r\nHost: gateway\r\n{string.Concat(Enumerable.Range(0, 120).Select(n => $"X-{n}: a\r\n"))}\r\n", 431);
    }

    [Test]
    public async Task Target_InAbsoluteForm_IsReadAsItsPath()
    {
        var answers = await ExchangeAsync($"GET http://gateway/v1/techniques?first={Marker}{Rest}{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 200 }));
    }

    [Test]
    public async Task Trace_Is405()
    {
        var answers = await ExchangeAsync($"TRACE /v1/techniques?first={Marker}{Rest}{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 405, 200 }));
        Assert.That(answers[0].Body, Does.Not.Contain(Key));
    }

    [Test]
    public async Task Upgrade_ToH2c_IsNotDoneAndNotPassedOn()
    {
        var answers = await ExchangeAsync($"GET /v1/techniques?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 200 }));
        Assert.That(answers[0].Body, Does.Not.Contain("h2c").And.Not.Contain("HTTP2-Settings").IgnoreCase);
    }

    [TestCase("/v1/techniques/..%2f..%2fhealth")]
    [TestCase("/v1/techniques/..%5c..%5chealth")]
    [TestCase("/v1/techniques/%252e%252e")]
    [TestCase("/v1/techniques;x=1")]
    [TestCase("/v1/techniques/;/")]
    [TestCase("/v1//techniques")]
    [TestCase("//v1/techniques")]
    [TestCase("/v1/techniques/a%00b")]
    [TestCase("/v1/techniques/a%0d%0aX:b")]
    [TestCase("/v1/techniques/%ff")]
    [TestCase("/v1/techniques/%c0%ae%c0%ae")]
    [TestCase("/v1/techniques/%")]
    [TestCase("/v1/techniques/\\..\\health")]
    public async Task Path_WithTricks_IsRefused(string path)
    {
        await RefusedAsync($"GET {path}{Rest}{Last()}");
    }

    [TestCase("/v1/%2e%2e/%2e%2e/health/live", 200)]
    [TestCase("/v1/techniques/%2e%2e/%2e%2e/%2e%2e/%2e%2e/nothing", 404)]
    [TestCase("/v1/x/../../nothing", 404)]
    public async Task Path_WithDots_IsResolvedBeforeItIsRouted(string path, int status)
    {
        using var connection = await RawConnection.OpenAsync(Gateway.Ports.Http);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");

        Assert.That((await connection.ReadAsync())!.Status, Is.EqualTo(status));
    }
}
