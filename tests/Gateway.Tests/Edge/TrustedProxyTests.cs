using System.Net;
using PromptPlatform.Gateway.Edge;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Gateway.Tests.Edge;

/// <summary>Whose word on the caller's address counts.</summary>
internal sealed class TrustedProxyTests
{
    [TestCase("203.0.113.7", "203.0.113.7", TestName = "ForwardedFor_OfATrustedProxy_NamesTheCaller")]
    [TestCase("6.6.6.6, 203.0.113.7", "203.0.113.7", TestName = "ForwardedFor_WithALieBeforeIt_IsReadFromTheEnd")]
    [TestCase("6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7", TestName = "ForwardedFor_OfAChainOfTrustedProxies_IsReadThrough")]
    [TestCase("203.0.113.7, unknown", "127.0.0.1", TestName = "ForwardedFor_ThatIsNoAddress_IsNotBelieved")]
    [TestCase("2001:db8::7", "2001:db8::7", TestName = "ForwardedFor_OfIPv6_NamesTheCaller")]
    public async Task ForwardedFor(string sent, string passedOn)
    {
        await using var gateway = await TestGateway.StartAsync("--Edge:TrustedProxies:0=127.0.0.0/8", "--Edge:TrustedProxies:1=10.0.0.0/8");
        var request = gateway.Request(HttpMethod.Get, "/v1/techniques", gateway.Auth.CreateKey());
        request.Headers.Add("X-Forwarded-For", sent);
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Forwarded", "for=6.6.6.6;host=evil.example");

        var seen = await TestGateway.SeenAsync(await gateway.SendAsync(request));

        Assert.That(seen.Headers["X-Forwarded-For"], Is.EqualTo(passedOn));
        Assert.That(seen.Headers.Keys.Where(k => k.Contains("Forwarded") || k.StartsWith("X-Original")), Is.EqualTo(new[] { "X-Forwarded-For" }), "nothing else of the chain");
    }

    [Test]
    public async Task ForwardedHost_OfATrustedProxy_IsInNoAnswer()
    {
        await using var gateway = await TestGateway.StartAsync("--Edge:TrustedProxies:0=127.0.0.0/8");
        foreach (string path in (string[])["/openapi/v1.json", "/docs", "/v1/nothing", "/docs/errors/not_found"])
        {
            var request = gateway.Request(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Host = "evil.example";

            var response = await gateway.SendAsync(request);

            Assert.That(response.Headers.ToString() + await response.Content.ReadAsStringAsync(), Does.Not.Contain("evil.example"), path);
        }
    }

    [Test]
    public async Task Callers_BehindATrustedProxy_HaveBucketsOfTheirOwn()
    {
        await using var gateway = await TestGateway.StartAsync("--Edge:TrustedProxies:0=127.0.0.1", "--RateLimits:AddressBurst=1");

        var statuses = new List<HttpStatusCode>();
        foreach (string caller in (string[])["203.0.113.7", "203.0.113.8", "203.0.113.7"])
        {
            var request = gateway.Request(HttpMethod.Get, "/v1/nothing");
            request.Headers.Add("X-Forwarded-For", caller);
            statuses.Add((await gateway.SendAsync(request)).StatusCode);
        }

        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests }));
    }

    [Test]
    public async Task Strangers_ThatNameOtherAddresses_ShareTheirOwnBucket()
    {
        await using var gateway = await TestGateway.StartAsync("--Edge:TrustedProxies:0=10.0.0.0/8", "--RateLimits:AddressBurst=1");

        var statuses = new List<HttpStatusCode>();
        foreach (string caller in (string[])["203.0.113.7", "203.0.113.8"])
        {
            var request = gateway.Request(HttpMethod.Get, "/v1/nothing");
            request.Headers.Add("X-Forwarded-For", caller);
            statuses.Add((await gateway.SendAsync(request)).StatusCode);
        }

        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests }));
    }

    [TestCase("10.0.0.0/8", "10.0.0.0/8")]
    [TestCase("10.0.0.1", "10.0.0.1/32")]
    [TestCase("2001:db8::1", "2001:db8::1/128")]
    public void Network_IsReadWithAndWithoutItsLength(string setting, string network)
    {
        Assert.That(TrustedProxies.Of(Options(setting)), Is.EqualTo(new[] { IPNetwork.Parse(network) }));
    }

    [TestCase("proxy.example")]
    [TestCase("*")]
    public void Network_ThatIsNone_IsNamed(string setting)
    {
        var error = Assert.Throws<SettingsException>(() => TrustedProxies.Of(Options(setting)))!;

        Assert.That(error.Message, Does.Contain("Edge:TrustedProxies").And.Contain(setting));
    }

    private static EdgeOptions Options(string proxy)
    {
        var options = new EdgeOptions();
        options.TrustedProxies.Add(proxy);
        return options;
    }
}
