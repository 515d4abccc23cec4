using System.Net;
using System.Net.Sockets;
using PromptPlatform.Redis;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class RedisClientTests
{
    private RedisServer? _server;

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    [Test]
    public async Task Commands_OfManyAtOnce_GetTheirOwnReplies()
    {
        await using var redis = await ConnectAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => redis.SendAsync("ECHO", i + "\r\n" + new string('ä', i)))).WithinAsync();

        Assert.That(replies.Select(r => r.Text), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => i + "\r\n" + new string('ä', i))));
    }

    [Test]
    public async Task Replies_OfEveryKind_AreRead()
    {
        await using var redis = await ConnectAsync();

        var list = await redis.SendAsync("EVAL", "return {1, 'a', {2}, false}", "0").WithinAsync();
        var nothing = await redis.SendAsync("GET", "none").WithinAsync();
        var error = Assert.ThrowsAsync<RedisErrorException>(() => redis.SendAsync("NONSENSE").WithinAsync())!;

        Assert.That(list.Items!.Select(i => i.Kind), Is.EqualTo(new[] { RedisReplyKind.Number, RedisReplyKind.Text, RedisReplyKind.List, RedisReplyKind.Nothing }));
        Assert.That(nothing.Kind, Is.EqualTo(RedisReplyKind.Nothing));
        Assert.That(error.Message, Does.StartWith("ERR unknown command"));
    }

    [Test]
    public async Task Script_ThatTheServerForgot_IsSentAgain()
    {
        await using var redis = await ConnectAsync();
        var script = new RedisScript("return {tonumber(ARGV[1]) + #KEYS}");

        var first = await redis.RunAsync(script, ["a", "b"], ["40"]).WithinAsync();
        await _server!.RunAsync("SCRIPT", "FLUSH");
        var second = await redis.RunAsync(script, ["a", "b"], ["40"]).WithinAsync();

        Assert.That((first.Numbers()[0], second.Numbers()[0]), Is.EqualTo((42, 42)));
    }

    [TestCase("password=secret", true)]
    [TestCase("user=default,password=secret,defaultDatabase=3,abortConnect=false", true)]
    [TestCase("password=wrong", false)]
    public async Task Password_DecidesWhetherItConnects(string options, bool connects)
    {
        _server = await RedisServer.StartAsync("--requirepass", "secret");
        await using var redis = new RedisClient(RedisOptions.Parse($"{_server.ConnectionString},{options}") with { CommandTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);

        string? refusal = await EventuallyAsync(redis, connects ? null : "WRONGPASS");

        Assert.That(refusal, connects ? Is.Null : Does.Contain("WRONGPASS").And.Not.Contain("wrong"));
    }

    [Test]
    public async Task Connection_ThatEnds_FailsWhatWaitsAndIsOpenedAgain()
    {
        await using var redis = await ConnectAsync();
        await _server!.FreezeAsync();
        var waiting = redis.SendAsync("PING");
        await _server.KillAsync();

        Assert.ThrowsAsync<RedisUnavailableException>(() => waiting.WithinAsync());
        await _server.StartAgainAsync();

        Assert.That(await EventuallyAsync(redis, null), Is.Null);
    }

    [Test]
    public async Task Commands_BeyondTheBound_AreRefusedAtOnce()
    {
        await using var redis = await ConnectAsync(o => o with { MaxPending = 10 });
        await _server!.FreezeAsync();

        var waiting = Enumerable.Range(0, 10).Select(_ => redis.SendAsync("PING")).ToList();
        var beyond = redis.SendAsync("PING");

        Assert.ThrowsAsync<RedisUnavailableException>(() => beyond.WithinAsync());
        Assert.That(waiting.Select(w => w.IsCompleted), Has.All.False);
        await _server.ThawAsync();
        await Task.WhenAll(waiting).WithinAsync();
    }

    [Test]
    public async Task Server_ThatFreezes_CostsTheBudgetAndThenTheConnection()
    {
        await using var redis = await ConnectAsync(o => o with { CommandTimeout = TimeSpan.FromMilliseconds(20) });
        await _server!.FreezeAsync();

        async Task UntilGivenUpAsync()
        {
            while (redis.IsConnected)
            {
                // What throws is awaited by the assertion without giving the deadline a turn.
                await Task.Yield();
                Assert.ThrowsAsync<RedisUnavailableException>(() => redis.SendAsync("PING"));
            }
        }
        await UntilGivenUpAsync().WithinAsync();
        await _server.ThawAsync();

        Assert.That(await EventuallyAsync(redis, null), Is.Null);
    }

    [TestCase("HTTP/1.1 400 Bad Request\r\n")]
    [TestCase("+\r\n$99999999999\r\n")]
    [TestCase("*2\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    [TestCase("\r\n")]
    public async Task Server_ThatIsNotRedis_IsUnavailable(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var redis = new RedisClient(RedisOptions.Parse(listener.LocalEndpoint.ToString()!), TimeProvider.System);
        using var peer = await listener.AcceptTcpClientAsync().WithinAsync();
        await peer.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer)).WithinAsync();

        // It is left, and tried again.
        using var again = await listener.AcceptTcpClientAsync().WithinAsync();

        Assert.ThrowsAsync<RedisUnavailableException>(() => redis.SendAsync("PING").WithinAsync());
    }

    [TestCase("")]
    [TestCase("ssl=true")]
    [TestCase("host:port")]
    [TestCase("host,password=a,b")]
    public void ConnectionString_ThatIsMalformed_IsRefusedWithoutTellingIt(string text)
    {
        var error = Assert.Throws<FormatException>(() => RedisOptions.Parse(text))!;

        Assert.That(error.Message, Does.Not.Contain("=a"));
    }

    private async Task<RedisClient> ConnectAsync(Func<RedisOptions, RedisOptions>? change = null)
    {
        _server = await RedisServer.StartAsync();
        var options = RedisOptions.Parse(_server.ConnectionString) with { CommandTimeout = TimeSpan.FromSeconds(10) };
        var redis = new RedisClient(change?.Invoke(options) ?? options, TimeProvider.System);
        async Task UntilConnectedAsync()
        {
            while (!redis.IsConnected)
                await Task.Yield();
        }
        await UntilConnectedAsync().WithinAsync();
        return redis;
    }

    // Null once a command is answered; the refusal once it holds the text.
    private static async Task<string?> EventuallyAsync(RedisClient redis, string? refusal)
    {
        async Task<string?> LoopAsync()
        {
            while (true)
            {
                try
                {
                    await redis.SendAsync("PING");
                    return null;
                }
                catch (RedisUnavailableException error)
                {
                    if (refusal is not null && error.Message.Contains(refusal, StringComparison.Ordinal))
                        return error.Message;
                    await Task.Yield();
                }
            }
        }
        return await LoopAsync().WithinAsync();
    }
}
