using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class SharedLimitTests
{
    private const int Burst = 6;
    private RedisServer _redis = null!;
    private TestGateway _one = null!;
    private TestGateway _other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _redis = await RedisServer.StartAsync();
        _one = await StartGatewayAsync(_redis.ConnectionString);
        _other = await StartGatewayAsync(_redis.ConnectionString);
        await ShareAsync(_one);
        await ShareAsync(_other);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _redis.DisposeAsync();
        _one.Errors.Verify();
        _other.Errors.Verify();
    }

    [Test]
    public async Task Organization_WithTwoGateways_HasItsLimitOnce()
    {
        var org = Guid.NewGuid();

        var (ofOne, ofOther) = (_one.Auth.CreateKey(org), _other.Auth.CreateKey(org));
        int[] statuses = [.. await SendAsync(_one, ofOne, 4), .. await SendAsync(_other, ofOther, 4)];
        var refused = await _other.EnhanceAsync(ofOther);

        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 200, 200, 200, 200, 429, 429 }));
        Assert.That(Header(refused, "X-RateLimit-Limit"), Is.EqualTo("6"));
        Assert.That(Header(refused, "X-RateLimit-Remaining"), Is.EqualTo("0"));
        // One token comes in 100 seconds.
        Assert.That(int.Parse(Header(refused, "Retry-After")), Is.InRange(60, 100));
    }

    [Test]
    public async Task Requests_ThatAreRefused_CostNothing()
    {
        var org = Guid.NewGuid();
        var (ofOne, ofOther) = (_one.Auth.CreateKey(org), _other.Auth.CreateKey(org));
        await SendAsync(_one, ofOne, Burst);
        await SendAsync(_other, ofOther, 20);
        await _redis.RunAsync("FLUSHALL");

        Assert.That(await SendAsync(_other, ofOther, Burst), Has.All.EqualTo(200));
    }

    [Test]
    public async Task Store_ThatIsFlushed_LeavesEachGatewayItsLimit()
    {
        string key = _one.Auth.CreateKey();
        await SendAsync(_one, key, Burst);

        await _redis.RunAsync("FLUSHALL");

        Assert.That(await SendAsync(_one, key, 3), Has.All.EqualTo(429));
    }

    [Test]
    public async Task Store_ThatDies_LeavesLocalLimitsThatGoOnCountingAndIsUsedAgainWhenItIsBack()
    {
        string key = _one.Auth.CreateKey();
        await SendAsync(_one, key, 2);
        await _redis.KillAsync();

        int[] without = await SendAsync(_one, key, 6);
        await _redis.StartAgainAsync();
        await ShareAsync(_one);
        await ShareAsync(_other);

        Assert.That(without, Is.EqualTo(new[] { 200, 200, 200, 200, 429, 429 }));
        await Organization_WithTwoGateways_HasItsLimitOnce();
    }

    [Test]
    public async Task Store_ThatFreezes_LeavesLocalLimitsAndIsUsedAgainWhenItThaws()
    {
        await _redis.FreezeAsync();

        int[] without = await SendAsync(_one, _one.Auth.CreateKey(), 8);
        await _redis.ThawAsync();
        await ShareAsync(_one);
        await ShareAsync(_other);

        Assert.That(without, Is.EqualTo(new[] { 200, 200, 200, 200, 200, 200, 429, 429 }));
        await Organization_WithTwoGateways_HasItsLimitOnce();
    }

    [Test]
    public async Task Store_ThatRefusesUs_LeavesLocalLimits()
    {
        await using var locked = await RedisServer.StartAsync("--requirepass", "secret");
        await using var gateway = await StartGatewayAsync(locked.ConnectionString + ",password=wrong");

        Assert.That(await SendAsync(gateway, gateway.Auth.CreateKey(), 7), Is.EqualTo(new[] { 200, 200, 200, 200, 200, 200, 429 }));
    }

    [Test]
    public async Task Store_ThatHoldsNonsense_LeavesLocalLimits()
    {
        string key = _one.Auth.CreateKey();
        await SendAsync(_one, key, 1);
        string[] names = (await _redis.RunAsync("KEYS", "*")).Split('\n');
        foreach (string name in names)
            await _redis.RunAsync("EVAL", "redis.call('DEL', KEYS[1]) redis.call('LPUSH', KEYS[1], 'x')", "1", name);

        Assert.That(await SendAsync(_one, key, 6), Is.EqualTo(new[] { 200, 200, 200, 200, 200, 429 }));
    }

    [Test]
    public async Task Store_KnowsNeitherIdsNorAddressesAndForgets()
    {
        var org = Guid.NewGuid();
        await SendAsync(_one, _one.Auth.CreateKey(org), 1);

        string[] names = (await _redis.RunAsync("KEYS", "*")).Split('\n');

        Assert.That(names, Is.Not.Empty);
        Assert.That(names, Has.All.Match("^pp:limit:\\{[0-9a-f]{24}\\}:[oka]:[0-9a-f]{24}$"));
        // A key's own bucket is full again within a millisecond and gone.
        foreach (string name in names.Where(n => n.Contains(":o:", StringComparison.Ordinal)))
            Assert.That(long.Parse(await _redis.RunAsync("PTTL", name)), Is.InRange(1, 101_000));
    }

    private static Task<TestGateway> StartGatewayAsync(string redis) => TestGateway.StartAsync(
        "--ConnectionStrings:redis=" + redis, $"--RateLimits:OrganizationBurst={Burst}", "--RateLimits:OrganizationPerSecond=0.01", "--RateLimits:AddressBurst=1000000", "--RateLimits:Store:BreakFor=00:00:00.1",
        // A busy machine must not look like a slow store.
        "--RateLimits:Store:Timeout=00:00:00.5");

    // Until a request of this gateway leaves its trace in the store.
    private async Task ShareAsync(TestGateway gateway)
    {
        async Task LoopAsync()
        {
            string before = await _redis.RunAsync("DBSIZE");
            do
                await gateway.EnhanceAsync(gateway.Auth.CreateKey());
            while (await _redis.RunAsync("DBSIZE") == before);
        }
        await LoopAsync().WithinAsync();
    }

    private static async Task<int[]> SendAsync(TestGateway gateway, string key, int times)
    {
        var statuses = new int[times];
        for (int i = 0; i < times; i++)
            statuses[i] = (int)(await gateway.EnhanceAsync(key)).StatusCode;
        return statuses;
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
