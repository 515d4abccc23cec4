using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Gateway.Edge.Streams;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Streams;

/// <summary>WebSockets pass, with real sockets on both sides.</summary>
internal sealed class WebSocketTests : StreamTest
{
    [TestCase(WebSocketMessageType.Text)]
    [TestCase(WebSocketMessageType.Binary)]
    public async Task Messages_PassBothWaysAndSoDoesTheEnd(WebSocketMessageType type)
    {
        var served = ServeAsync(EchoAsync);
        using var socket = await OpenAsync(Gateway.Auth.CreateKey());

        Assert.That(await AskAsync(socket, "one", type), Is.EqualTo("one"));
        Assert.That(await AskAsync(socket, new string('x', 100_000), type), Has.Length.EqualTo(100_000));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", default).WithinAsync();
        await served;

        Assert.That((socket.CloseStatus, socket.CloseStatusDescription), Is.EqualTo((WebSocketCloseStatus.NormalClosure, "done")));
    }

    [Test]
    public async Task Socket_ThatIsSilentForLong_StaysOpen()
    {
        var served = ServeAsync(EchoAsync);
        using var socket = await OpenAsync(Gateway.Auth.CreateKey());
        await AskAsync(socket, "one");

        await Task.Delay(Pause);

        Assert.That(await AskAsync(socket, "two"), Is.EqualTo("two"));
        socket.Abort();
        await served;
    }

    [Test]
    public async Task Handshake_CarriesATokenOfTheServiceAndNotTheKey()
    {
        string key = Gateway.Auth.CreateKey();
        string seen = "";
        var served = ServeAsync(http =>
        {
            seen = http.Request.Headers.Authorization.ToString();
            return EchoAsync(http);
        });
        using (var socket = await OpenAsync(key))
            socket.Abort();
        await served;

        Assert.That(seen, Does.StartWith("Bearer ey").And.Not.Contain(key));
    }

    [Test]
    public async Task Handshake_WithoutAKey_IsRefusedBeforeTheServiceHearsOfIt()
    {
        int before = Gateway.Echo.Requests;

        Assert.That(async () => await OpenAsync(null), Throws.TypeOf<WebSocketException>().With.Message.Contains("401"));
        Assert.That(Gateway.Echo.Requests, Is.EqualTo(before));
    }

    [Test]
    public async Task Socket_WhoseKeyIsRevoked_Ends()
    {
        string key = Gateway.Auth.CreateKey();
        var served = ServeAsync(EchoAsync);
        using var socket = await OpenAsync(key);
        await AskAsync(socket, "one");

        Gateway.Auth.Revoke(key);

        await served;
        Assert.That(async () => await socket.ReceiveAsync(new byte[8], default).WithinAsync(), Throws.TypeOf<WebSocketException>());
    }

    [Test]
    public async Task Socket_WhoseTokenEnds_EndsWithIt()
    {
        string token = Gateway.Auth.Sign("enhancement", TimeSpan.FromMinutes(1), Guid.NewGuid(), "key_1");
        var served = ServeAsync(EchoAsync);
        using var socket = await OpenAsync(token);
        await AskAsync(socket, "one");

        Gateway.Clock.Advance(TimeSpan.FromMinutes(1.1));

        await served;
        Assert.That(async () => await socket.ReceiveAsync(new byte[8], default).WithinAsync(), Throws.TypeOf<WebSocketException>());
    }

    [Test]
    public async Task Socket_ThatIsGone_IsForgotten()
    {
        var served = ServeAsync(EchoAsync);
        using var socket = await OpenAsync(Gateway.Auth.CreateKey());
        var live = Gateway.Services.GetRequiredService<LiveStreams>();

        socket.Abort();
        await served;

        async Task EmptyAsync()
        {
            while (live.Count > 0)
                await Task.Delay(10);
        }
        await EmptyAsync().WithinAsync();
    }

    [Test]
    public async Task Socket_OverTheLimitOfItsOrganization_Is429AndOthersAreServed()
    {
        await using var gateway = await TestGateway.StartAsync([.. Settings, "--Edge:MaxStreamsPerOrganization=1"]);
        gateway.Echo.Answer = EchoAsync;
        string key = gateway.Auth.CreateKey();
        var first = await OpenAsync(key, gateway);

        Assert.That(async () => await OpenAsync(key, gateway), Throws.TypeOf<WebSocketException>().With.Message.Contains("429"));
        using var other = await OpenAsync(gateway.Auth.CreateKey(), gateway);
        Assert.That(await AskAsync(other, "one"), Is.EqualTo("one"));

        first.Dispose();
        async Task<ClientWebSocket> AgainAsync()
        {
            while (gateway.Services.GetRequiredService<LiveStreams>().Count > 1)
                await Task.Delay(10);
            return await OpenAsync(key, gateway);
        }
        using var again = await AgainAsync().WithinAsync();
        Assert.That(await AskAsync(again, "two"), Is.EqualTo("two"));
    }

    [Test]
    public async Task Socket_OverTheLimitOfTheGateway_Is429()
    {
        await using var gateway = await TestGateway.StartAsync([.. Settings, "--Edge:MaxStreams=1"]);
        gateway.Echo.Answer = EchoAsync;
        using var first = await OpenAsync(gateway.Auth.CreateKey(), gateway);

        Assert.That(async () => await OpenAsync(gateway.Auth.CreateKey(), gateway), Throws.TypeOf<WebSocketException>().With.Message.Contains("429"));
    }

    private async Task<ClientWebSocket> OpenAsync(string? credential, TestGateway? gateway = null)
    {
        var socket = new ClientWebSocket();
        if (credential is not null)
            socket.Options.SetRequestHeader("Authorization", "Bearer " + credential);
        await socket.ConnectAsync(new Uri((gateway ?? Gateway).Ports.Http.Replace("http:", "ws:") + "/v1/socket"), default).WithinAsync();
        return socket;
    }

    private static async Task<string> AskAsync(WebSocket socket, string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), type, true, default).WithinAsync();
        var buffer = new byte[200_000];
        int length = 0;
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), default).WithinAsync();
            length += part.Count;
        }
        while (!part.EndOfMessage);
        Assert.That(part.MessageType, Is.EqualTo(type));
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[16_384];
        while (socket.State == WebSocketState.Open)
        {
            var part = await socket.ReceiveAsync(buffer, default);
            if (part.MessageType == WebSocketMessageType.Close)
                await socket.CloseAsync(part.CloseStatus!.Value, part.CloseStatusDescription, default);
            else
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, default);
        }
    }
}
