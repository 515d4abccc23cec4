using System.Text;
using Microsoft.AspNetCore.Http;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Edge;

internal sealed class PassThroughTests : GatewayTest
{
    protected override string[] Settings => ["--Cors:Origins:0=https://app.example"];

    [Test]
    public async Task RequestId_OfTheCaller_IsEchoedOnceAndPassedOn()
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Gateway.Auth.CreateKey());
        request.Headers.Add("X-Request-Id", "mine-1");

        var response = await Gateway.SendAsync(request);

        Assert.That(response.Headers.GetValues("X-Request-Id"), Is.EqualTo(new[] { "mine-1" }));
        Assert.That((await TestGateway.SeenAsync(response)).Headers["X-Request-Id"], Is.EqualTo("mine-1"));
    }

    [Test]
    public async Task Traceparent_WhenNobodyCollectsSpans_PassesUnchanged()
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Gateway.Auth.CreateKey());
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var seen = await TestGateway.SeenAsync(await Gateway.SendAsync(request));

        Assert.That(seen.Headers["traceparent"], Is.EqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    [Test]
    public async Task Answer_CarriesTimingsOfServiceAndGatewayAndHidesTheServer()
    {
        var response = await Gateway.EnhanceAsync(Gateway.Auth.CreateKey());

        Assert.That(string.Join(", ", response.Headers.GetValues("Server-Timing")), Does.Match(@"^classify;dur=1\.2, gw;dur=[\d.]+, upstream;dur=[\d.]+$"));
        Assert.That(response.Headers.Contains("Server"), Is.False);
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
    }

    [TestCase("X-Forwarded-Host")]
    [TestCase("X-Forwarded-Proto")]
    [TestCase("Forwarded")]
    [TestCase("X-Original-URL")]
    [TestCase("X-Rewrite-URL")]
    [TestCase("X-HTTP-Method-Override")]
    [TestCase("Cookie")]
    public async Task Header_ThatSpeaksForAProxy_IsNotPassedOn(string name)
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Gateway.Auth.CreateKey());
        request.Headers.TryAddWithoutValidation(name, "spoofed");

        var seen = await TestGateway.SeenAsync(await Gateway.SendAsync(request));

        Assert.That(seen.Headers, Does.Not.ContainKey(name));
    }

    [Test]
    public async Task Upgrade_OfTheConnection_IsNotPassedOn()
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Gateway.Auth.CreateKey());
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");

        var seen = await TestGateway.SeenAsync(await Gateway.SendAsync(request));

        Assert.That(seen.Headers, Does.Not.ContainKey("Upgrade"));
    }

    [Test]
    public async Task ForwardedFor_OfAStranger_IsReplaced()
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Gateway.Auth.CreateKey());
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        var seen = await TestGateway.SeenAsync(await Gateway.SendAsync(request));

        Assert.That(seen.Headers["X-Forwarded-For"], Is.EqualTo("127.0.0.1"));
    }

    [Test]
    public async Task ForwardedFor_OfATrustedProxy_IsBelieved()
    {
        await using var gateway = await TestGateway.StartAsync("--Edge:TrustedProxies:0=127.0.0.0/8");
        var request = gateway.Request(HttpMethod.Get, "/v1/techniques", gateway.Auth.CreateKey());
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        var seen = await TestGateway.SeenAsync(await gateway.SendAsync(request));

        Assert.That(seen.Headers["X-Forwarded-For"], Is.EqualTo("203.0.113.7"));
    }

    [Test]
    public async Task Query_AndPath_ArriveAsTheyWereSent()
    {
        var seen = await TestGateway.SeenAsync(await Gateway.GetAsync("/v1/techniques?query=a%20b%26c&limit=2", Gateway.Auth.CreateKey()));

        Assert.That((seen.Method, seen.Path, seen.Query), Is.EqualTo(("GET", "/v1/techniques", "?query=a%20b%26c&limit=2")));
    }

    [Test]
    public async Task Problem_OfTheService_ArrivesUnchanged()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Echo.Answer = http =>
        {
            http.Response.StatusCode = 422;
            return http.Response.WriteAsJsonAsync(new { code = "safety_blocked" }, options: null, "application/problem+json");
        };

        var response = await gateway.EnhanceAsync(gateway.Auth.CreateKey());

        Assert.That((int)response.StatusCode, Is.EqualTo(422));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"code":"safety_blocked"}"""));
    }

    [Test]
    public async Task Events_ArriveOneByOne()
    {
        await using var gateway = await TestGateway.StartAsync();
        var release = new TaskCompletionSource();
        gateway.Echo.Answer = async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: 1\n\n");
            await http.Response.Body.FlushAsync();
            await release.Task;
            await http.Response.WriteAsync("data: 2\n\n");
        };

        var response = await gateway.SendAsync(gateway.Request(HttpMethod.Post, "/v1/enhance", gateway.Auth.CreateKey(), new StringContent("{}")), HttpCompletionOption.ResponseHeadersRead);
        var stream = await response.Content.ReadAsStreamAsync();
        var first = new byte[64];
        int read = await stream.ReadAsync(first).WithinAsync();
        release.SetResult();

        Assert.That(Encoding.UTF8.GetString(first, 0, read), Is.EqualTo("data: 1\n\n"));
        Assert.That(await new StreamReader(stream).ReadToEndAsync().WithinAsync(), Is.EqualTo("data: 2\n\n"));
    }

    [Test]
    public async Task Head_IsAskedAsGetAndAnsweredWithoutABody()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Echo.Answer = http =>
        {
            http.Response.Headers["X-Asked-As"] = http.Request.Method;
            return http.Response.WriteAsync("a body");
        };

        var response = await gateway.SendAsync(gateway.Request(HttpMethod.Head, "/v1/techniques", gateway.Auth.CreateKey()));

        Assert.That(response.Headers.GetValues("X-Asked-As"), Is.EqualTo(new[] { "GET" }));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task Options_OfARoute_NamesItsVerbs()
    {
        var response = await Gateway.SendAsync(Gateway.Request(HttpMethod.Options, "/v1/enhancements/enh_1"));

        Assert.That((int)response.StatusCode, Is.EqualTo(204));
        // POST is that of {id}:apply: the router looks at what follows an id only after the method.
        Assert.That(response.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "HEAD", "DELETE", "POST" }));
    }

    [TestCase("https://app.example", true)]
    [TestCase("https://evil.example", false)]
    public async Task Preflight_OfAnOrigin_IsAnsweredBySettings(string origin, bool allowed)
    {
        var request = Gateway.Request(HttpMethod.Options, "/v1/enhance");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");

        var response = await Gateway.SendAsync(request);

        Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.EqualTo(allowed));
    }

    [Test]
    public async Task Answer_ToAnAllowedOrigin_ExposesItsHeadersEvenWhenItIsAnError()
    {
        var request = Gateway.Request(HttpMethod.Post, "/v1/enhance");
        request.Headers.Add("Origin", "https://app.example");

        var response = await Gateway.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(401));
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "https://app.example" }));
    }
}
