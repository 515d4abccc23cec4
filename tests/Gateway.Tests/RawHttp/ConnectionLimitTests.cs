using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Gateway.Edge.Wire;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>How many connections there may be, in all and of one address.</summary>
internal sealed class ConnectionLimitTests
{
    private const string Ask = "GET /health/live HTTP/1.1\r\nHost: gateway\r\n\r\n";

    [Test]
    public async Task Connection_OverTheLimitOfItsAddress_IsClosedAndOneThatEndsMakesRoom()
    {
        await using var gateway = await TestGateway.StartAsync("--Connections:MaxPerAddress=2");
        using var first = await AskAsync(gateway);
        var second = await AskAsync(gateway);

        Assert.That(await IsServedAsync(gateway), Is.False);

        second.Dispose();
        await UntilServedAsync(gateway);
        Assert.That(await AnswerAsync(first), Is.EqualTo(200), "the ones before are not touched");
    }

    [Test]
    public async Task Connections_ThatHaveEnded_AreForgotten()
    {
        await using var gateway = await TestGateway.StartAsync();
        var gate = gateway.Services.GetRequiredService<ConnectionGate>();
        for (int i = 0; i < 5; i++)
            (await AskAsync(gateway)).Dispose();

        await UntilAsync(() => Task.FromResult(gate.Addresses == 0));
    }

    [Test]
    public async Task Connections_OfATrustedProxy_AreNotCounted()
    {
        await using var gateway = await TestGateway.StartAsync("--Connections:MaxPerAddress=1", "--Edge:TrustedProxies:0=127.0.0.1");
        using var first = await AskAsync(gateway);

        Assert.That(await IsServedAsync(gateway));
    }

    [Test]
    public async Task Connection_OverTheLimitOfTheGateway_IsClosed()
    {
        await using var gateway = await TestGateway.StartAsync("--Limits:MaxConnections=2");
        using var first = await AskAsync(gateway);
        using var second = await AskAsync(gateway);

        Assert.That(await IsServedAsync(gateway), Is.False);
    }

    [TestCase("Connections:MaxPerAddress=0")]
    [TestCase("Connections:HeadersTimeout=01:00:00")]
    [TestCase("Connections:MaxIdleFrames=1")]
    public void Setting_OutOfItsRange_StopsTheStart(string setting)
    {
        Assert.That(async () => await TestGateway.StartAsync("--" + setting), Throws.TypeOf<Microsoft.Extensions.Options.OptionsValidationException>());
    }

    private static async Task<RawConnection> AskAsync(TestGateway gateway)
    {
        var connection = await RawConnection.OpenAsync(gateway.Ports.Http);
        Assert.That(await AnswerAsync(connection), Is.EqualTo((int)HttpStatusCode.OK));
        return connection;
    }

    private static async Task<int?> AnswerAsync(RawConnection connection)
    {
        await connection.SendAsync(Ask);
        return (await connection.ReadAsync())?.Status;
    }

    private static async Task<bool> IsServedAsync(TestGateway gateway)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(gateway.Ports.Http);
            return await AnswerAsync(connection) == 200;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Closed while it was opened, or while the request was on its way.
            return false;
        }
    }

    private static Task UntilServedAsync(TestGateway gateway) => UntilAsync(() => IsServedAsync(gateway));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        async Task WaitAsync()
        {
            while (!await condition())
                await Task.Delay(10);
        }
        await WaitAsync().WithinAsync();
    }
}
