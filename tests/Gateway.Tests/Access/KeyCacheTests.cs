using Grpc.Core;
using PromptPlatform.Gateway.Access;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Access;

internal sealed class KeyCacheTests
{
    private TestGateway _gateway = null!;

    [SetUp]
    public async Task StartAsync() => _gateway = await TestGateway.StartAsync();

    [TearDown]
    public async Task StopAsync()
    {
        await _gateway.DisposeAsync();
        _gateway.Errors.Verify();
    }

    [Test]
    public async Task Key_UsedAgain_IsExchangedOncePerAudience()
    {
        string key = _gateway.Auth.CreateKey();

        for (int i = 0; i < 3; i++)
        {
            await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key));
            await TestGateway.SeenAsync(await _gateway.GetAsync("/v1/techniques", key));
        }

        Assert.That(_gateway.Auth.Exchanges, Is.EqualTo(2));
    }

    [Test]
    public async Task Key_UsedByManyAtOnce_IsExchangedOnce()
    {
        string key = _gateway.Auth.CreateKey();
        _gateway.Auth.Hold = new TaskCompletionSource();

        var answers = Enumerable.Range(0, 20).Select(_ => _gateway.EnhanceAsync(key)).ToList();
        await UntilAsync(() => _gateway.Auth.Exchanges > 0);
        _gateway.Auth.Hold.SetResult();

        foreach (var answer in await Task.WhenAll(answers).WithinAsync())
            await TestGateway.SeenAsync(answer);
        Assert.That(_gateway.Auth.Exchanges, Is.EqualTo(1));
    }

    [Test]
    public async Task Key_WhenAuthGoesAway_GoesOnUntilItsTokenEnds()
    {
        string key = _gateway.Auth.CreateKey();
        await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key));
        _gateway.Auth.Refusal = StatusCode.Unavailable;

        _gateway.Clock.Advance(TimeSpan.FromSeconds(265));
        var late = await _gateway.EnhanceAsync(key);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        var tooLate = await _gateway.EnhanceAsync(key);

        await TestGateway.SeenAsync(late);
        Assert.That((int)tooLate.StatusCode, Is.EqualTo(503));
        Assert.That(tooLate.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Key_NearTheEndOfItsToken_IsRenewedBehindTheRequest()
    {
        string key = _gateway.Auth.CreateKey();
        var first = await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key));

        _gateway.Clock.Advance(TimeSpan.FromSeconds(250));
        var second = await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key));
        await UntilAsync(() => _gateway.Auth.Exchanges == 2);

        Assert.That(second.Headers["Authorization"], Is.EqualTo(first.Headers["Authorization"]));
        await UntilAsync(async () => (await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key))).Headers["Authorization"] != first.Headers["Authorization"]);
    }

    [Test]
    public async Task Key_WhenAuthIsDown_Is503()
    {
        await _gateway.StopAuthAsync();

        var response = await _gateway.EnhanceAsync(_gateway.Auth.CreateKey());

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
    }

    [TestCase(StatusCode.InvalidArgument)]
    [TestCase(StatusCode.ResourceExhausted)]
    [TestCase(StatusCode.Internal)]
    public async Task Key_WhenAuthFailsOtherwise_Is503AndNotRemembered(StatusCode failure)
    {
        string key = _gateway.Auth.CreateKey();
        _gateway.Auth.Refusal = failure;
        int status = (int)(await _gateway.EnhanceAsync(key)).StatusCode;
        _gateway.Auth.Refusal = null;

        Assert.That(status, Is.EqualTo(503));
        await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key));
    }

    [Test]
    public async Task Key_ThatIsRevoked_IsRefusedAtOnce()
    {
        string key = _gateway.Auth.CreateKey();
        await TestGateway.SeenAsync(await _gateway.EnhanceAsync(key));

        _gateway.Auth.Revoke(key);
        await UntilAsync(() => Cache.Count == 0);

        Assert.That((int)(await _gateway.EnhanceAsync(key)).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task Key_OfAnother_StaysWhenOneIsRevoked()
    {
        string revoked = _gateway.Auth.CreateKey();
        string kept = _gateway.Auth.CreateKey();
        await TestGateway.SeenAsync(await _gateway.EnhanceAsync(revoked));
        await TestGateway.SeenAsync(await _gateway.EnhanceAsync(kept));

        _gateway.Auth.Revoke(revoked);
        await UntilAsync(() => Cache.Count == 1);

        await TestGateway.SeenAsync(await _gateway.EnhanceAsync(kept));
        Assert.That(_gateway.Auth.Exchanges, Is.EqualTo(2));
    }

    [Test]
    public async Task Keys_BeyondTheBound_PushOthersOut()
    {
        await using var gateway = await TestGateway.StartAsync("--Access:MaxCachedKeys=100");
        for (int i = 0; i < 120; i++)
            await TestGateway.SeenAsync(await gateway.EnhanceAsync(gateway.Auth.CreateKey()));

        Assert.That(((KeyCache)gateway.Services.GetService(typeof(KeyCache))!).Count, Is.InRange(1, 100));
    }

    [Test]
    public async Task Exchange_WhenTheHouseIsFull_Is503AtOnce()
    {
        await using var gateway = await TestGateway.StartAsync("--Access:MaxExchanges=1", "--Access:ExchangeTimeout=00:00:20");
        gateway.Auth.Hold = new TaskCompletionSource();
        var first = gateway.EnhanceAsync(gateway.Auth.CreateKey());
        await UntilAsync(() => gateway.Auth.Exchanges == 1);

        var second = await gateway.EnhanceAsync(gateway.Auth.CreateKey());
        gateway.Auth.Hold.SetResult();

        Assert.That((int)second.StatusCode, Is.EqualTo(503));
        await TestGateway.SeenAsync(await first);
    }

    private KeyCache Cache => (KeyCache)_gateway.Services.GetService(typeof(KeyCache))!;

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        async Task WaitAsync()
        {
            while (!await holds())
                await Task.Delay(10);
        }
        await WaitAsync().WithinAsync();
    }
}
