using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Callers that send or read as slowly as they can lose their connection; nobody waits for them.</summary>
internal sealed class SlowCallerTests : RawTest
{
    private const int Many = 50;

    protected override string[] Settings =>
    [
        "--Connections:HeadersTimeout=00:00:01", "--Connections:KeepAliveTimeout=00:00:01", "--Connections:BodyGrace=00:00:01.1",
        "--Connections:MinBodyRate=1000", "--Connections:AnswerGrace=00:00:01.1", "--Connections:MinAnswerRate=1048576", "--Limits:RequestTimeout=00:00:30",
    ];

    [Test]
    public async Task Headers_ThatDoNotEnd_Are408AndOthersAreServed()
    {
        await SlowlyAsync($"GET /v1/techniques?slow={Marker} HTTP/1.1\r\nHost: gateway\r\n", "X: a\r\n");
    }

    [Test]
    public async Task Body_ThatTrickles_Is408AndOthersAreServed()
    {
        await SlowlyAsync($"POST /v1/enhance?slow={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Content-Length: 10000\r\n\r\n", "x");
    }

    [Test]
    public async Task Chunks_ThatTrickle_Are408AndOthersAreServed()
    {
        await SlowlyAsync($"POST /v1/enhance?slow={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");
    }

    [Test]
    public async Task Connection_ThatStaysIdle_IsClosed()
    {
        using var connection = await RawConnection.OpenAsync(Gateway.Ports.Http);
        await connection.SendAsync("GET /health/live HTTP/1.1\r\nHost: gateway\r\n\r\n");
        await connection.ReadAsync();

        Assert.That(await connection.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task Answer_ThatIsNotRead_IsGivenUpAtTheServiceTooAndOthersAreServed()
    {
        var givenUp = new TaskCompletionSource();
        Gateway.Echo.Answer = async http =>
        {
            if (!http.Request.QueryString.Value!.Contains("unread"))
            {
                await Gateway.Echo.TellAsync(http);
                return;
            }
            var block = new byte[64 << 10];
            try
            {
                while (!http.RequestAborted.IsCancellationRequested)
                    await http.Response.Body.WriteAsync(block, http.RequestAborted);
            }
            finally
            {
                givenUp.TrySetResult();
            }
        };
        try
        {
            using var connection = await RawConnection.OpenAsync(Gateway.Ports.Http, receiveBuffer: 4096);
            await connection.SendAsync($"GET /v1/techniques?unread={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}\r\n");

            Assert.That((await ExchangeAsync(Last())).Single().Status, Is.EqualTo(200));
            await givenUp.Task.WithinAsync();
        }
        finally
        {
            Gateway.Echo.Answer = null;
        }
    }

    private async Task SlowlyAsync(string head, string next)
    {
        var slow = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => RawConnection.OpenAsync(Gateway.Ports.Http)));
        foreach (var connection in slow)
            await connection.SendAsync(head + next);

        var answers = await RawConnection.ExchangeAsync(Gateway.Ports.Http, Last());
        var refused = await Task.WhenAll(slow.Select(c => c.ReadAsync()));

        Assert.That(answers.Single().Status, Is.EqualTo(200), "others are served");
        Assert.That(refused.Select(a => a?.Status), Is.All.EqualTo(408));
        Assert.That(refused.Select(a => a!.Code), Is.All.EqualTo("timed_out"));
        Assert.That(Gateway.Echo.Arrived, Has.None.Contains("slow=" + Marker));
        foreach (var connection in slow)
            connection.Dispose();
    }
}
