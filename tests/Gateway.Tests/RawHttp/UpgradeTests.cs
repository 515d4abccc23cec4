using Microsoft.AspNetCore.Http;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Upgrades that are none: no connection becomes a tunnel by mistake.</summary>
internal sealed class UpgradeTests : RawTest
{
    private const string Handshake = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    protected override string[] Settings =>
    [
        .. base.Settings,
        "--ReverseProxy:Routes:socket:ClusterId=enhancement", "--ReverseProxy:Routes:socket:Match:Path=/v1/socket", "--ReverseProxy:Routes:socket:Metadata:WebSocket=true",
    ];

    [TestCase("")]
    [TestCase("Connection: Upgrade\r\nUpgrade: h2c\r\n")]
    [TestCase("Connection: Upgrade\r\nUpgrade: websocket, h2c\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")]
    [TestCase("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 777\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")]
    [TestCase("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")]
    public async Task Socket_WithoutAHandshake_Is426(string headers)
    {
        var answer = await RefusedAsync($"GET /v1/socket?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{headers}\r\n{Last()}", 426);

        Assert.That((answer.Code, answer.Headers["Upgrade"]), Is.EqualTo(("upgrade_required", "websocket")));
    }

    [TestCase("POST", "")]
    [TestCase("GET", "Content-Length: 5\r\n")]
    [TestCase("GET", "Transfer-Encoding: chunked\r\n")]
    public async Task Handshake_WithABodyOrAnotherMethod_OpensNothing(string method, string headers)
    {
        using var connection = await RawConnection.OpenAsync(Gateway.Ports.Http);
        await connection.SendAsync($"{method} /v1/socket?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{Handshake}{headers}\r\n");

        Assert.That((await connection.ReadAsync())!.Status, Is.EqualTo(400).Or.EqualTo(426));
        Assert.That(Gateway.Echo.Arrived, Has.None.Contains(Marker));
    }

    [Test]
    public async Task Handshake_OnARouteThatIsNoSocket_OpensNothing()
    {
        var answers = await ExchangeAsync($"GET /v1/techniques?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{Handshake}\r\n{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 200 }));
        Assert.That(answers[0].Body, Does.Not.Contain("\"Upgrade\""));
    }

    [Test]
    public async Task Handshake_ThatTheServiceRefuses_LeavesAConnectionOfHttp()
    {
        Gateway.Echo.Answer = http =>
        {
            if (http.Request.Path != "/v1/socket")
                return Gateway.Echo.TellAsync(http);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        try
        {
            var answers = await ExchangeAsync($"GET /v1/socket?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{Handshake}\r\nGET /internal HTTP/1.1\r\nHost: gateway\r\n\r\n{Last()}");

            Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 403, 404, 200 }));
        }
        finally
        {
            Gateway.Echo.Answer = null;
        }
    }
}
