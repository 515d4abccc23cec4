using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class RotationTests : AuthTest
{
    private readonly TestClock _clock = new();
    private AuthRig _replica = null!;

    [OneTimeSetUp]
    public async Task StartReplica() => _replica = await Auth.StartReplicaAsync();

    [OneTimeTearDown]
    public async Task StopReplica() => await _replica.DisposeAsync();

    [Test]
    public async Task Replicas_ThatStartTogether_ShareOneKey()
    {
        await Auth.Get<SigningKeyRing>().RenewAsync(CancellationToken.None).WithinAsync();
        await _replica.Get<SigningKeyRing>().RenewAsync(CancellationToken.None).WithinAsync();

        Assert.That(await KidsAsync(_replica), Is.EqualTo(await KidsAsync(Auth)));
    }

    [Test]
    public async Task RotateSigningKey_NeverLetsAVerificationFail_AndEndsTheOldKey()
    {
        string old = (await KidsAsync(Auth))[0];
        string oldToken = (await Auth.ExchangeAsync(Auth.Operator.Secret)).Token;
        var rotated = await Auth.Client.RotateSigningKeyAsync(new RotateSigningKeyRequest(), await Auth.AsServiceAsync("gateway")).ResponseAsync.WithinAsync();
        var tokens = new List<(string Token, DateTimeOffset At)> { (oldToken, _clock.GetUtcNow()) };

        // The other replica renews by its own timer, at the latest ten seconds later; until then no token needs the new key.
        await TurnUntilAsync(async () =>
        {
            Assert.That(await InspectAsync(_replica, (await Auth.ExchangeAsync(Auth.Operator.Secret)).Token), Is.Not.Null);
            return (await KidsAsync(_replica)).Contains(rotated.Kid);
        }, TimeSpan.FromSeconds(1), steps: 12);
        for (int step = 0; step < 45; step++)
        {
            tokens.Add(((await Auth.ExchangeAsync(Auth.Operator.Secret)).Token, _clock.GetUtcNow()));
            tokens.Add(((await _replica.ExchangeAsync(Auth.Operator.Secret)).Token, _clock.GetUtcNow()));
            tokens.RemoveAll(t => _clock.GetUtcNow() - t.At >= FleetToken.Lifetime);
            foreach (var (token, _) in tokens)
            {
                Assert.That(await InspectAsync(Auth, token), Is.Not.Null);
                Assert.That(await InspectAsync(_replica, token), Is.Not.Null);
            }
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        var published = await KidsAsync(Auth);
        Assert.That(published[0], Is.EqualTo(rotated.Kid));
        Assert.That(published, Does.Not.Contain(old));
    }

    [Test]
    public async Task Token_OfAKeyThatIsOver_IsRefused()
    {
        var ring = Auth.Get<SigningKeyRing>();
        var old = await ring.CurrentAsync(CancellationToken.None).WithinAsync();
        await Auth.Client.RotateSigningKeyAsync(new RotateSigningKeyRequest(), await Auth.AsServiceAsync("gateway")).ResponseAsync.WithinAsync();
        _clock.Advance(KeySchedule.Announce + KeySchedule.Overlap);
        var now = _clock.GetUtcNow();

        string forged = Tokens.TokenSigner.Sign(old, "promptplatform-auth", new Tokens.TokenClaims("svc:gateway", null, null, ["auth.rotate"], "auth", now, now.AddMinutes(5)));

        Assert.That(
            async () => await Auth.Get<TokenVerifier>().VerifyAsync(forged, CancellationToken.None).WithinAsync(),
            Throws.TypeOf<RequestException>().With.Message.Contains("signing key is unknown"));
    }

    [Test]
    public async Task SigningKey_WhenItIsOld_GetsASuccessorByItself()
    {
        string old = (await KidsAsync(Auth))[0];

        _clock.Advance(TimeSpan.FromDays(30));
        await TurnUntilAsync(async () => (await KidsAsync(Auth))[0] != old, TimeSpan.FromSeconds(10), steps: 60);

        Assert.That((await KidsAsync(Auth))[0], Is.Not.EqualTo(old));
    }

    protected override Task<AuthRig> StartAsync() => AuthRig.StartAsync(_clock);

    private static Task<VerifiedToken?> InspectAsync(AuthRig rig, string token) => rig.Get<TokenVerifier>().InspectAsync(token, CancellationToken.None).WithinAsync();

    private static async Task<List<string>> KidsAsync(AuthRig rig) =>
        [.. (await rig.Client.GetJwksAsync(new GetJwksRequest()).ResponseAsync.WithinAsync()).Keys.Select(k => k.Kid)];

    // The clock turns so many steps and no further; work that a step wakes gets some real time, on a busy machine more.
    private async Task TurnUntilAsync(Func<Task<bool>> done, TimeSpan step, int steps)
    {
        for (int turn = 0; !await done(); turn++)
        {
            Assert.That(turn, Is.LessThan(400), "it did not happen in time");
            if (turn < steps)
                _clock.Advance(step);
            await Task.Delay(50);
        }
    }
}
