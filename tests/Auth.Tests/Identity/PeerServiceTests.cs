using System.Diagnostics;
using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.Auth.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

internal sealed class PeerServiceTests : AuthTest
{
    // From the present on: deadlines of real calls are reckoned with it.
    private readonly TestClock _clock = new(TimeProvider.System.GetUtcNow());
    private PeerService _peer = null!;

    [SetUp]
    public async Task StartPeer() => _peer = await PeerService.StartAsync(Auth);

    [TearDown]
    public async Task StopPeer() => await _peer.DisposeAsync();

    [Test]
    public async Task Peer_AcceptsATokenForIt()
    {
        var token = await Auth.ExchangeAsync(Auth.Operator.Secret, "catalog");

        var caller = await _peer.Verifier.VerifyAsync(token.Token, CancellationToken.None).WithinAsync();

        Assert.That(caller.Subject, Is.EqualTo(token.KeyId));
    }

    [Test]
    public async Task Peer_RefusesATokenForAnother()
    {
        var token = await Auth.ExchangeAsync(Auth.Operator.Secret, "enhancement");

        Assert.That(() => VerifyAsync(token.Token), Throws.TypeOf<RequestException>().With.Message.Contains("another service"));
    }

    [Test]
    public async Task Peer_IsToldOfARevocation_AndDeniesTheKey()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "denied soon" });
        var token = await Auth.ExchangeAsync(made.Secret, "catalog");
        await VerifyAsync(token.Token);
        var denied = new TaskCompletionSource();
        _peer.Revocations.Revoked += (_, id) =>
        {
            if (id == made.ApiKey.Id)
                denied.TrySetResult();
        };

        await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);
        var watch = Stopwatch.StartNew();
        await denied.Task.WithinAsync();
        await TestContext.Progress.WriteLineAsync($"denied {watch.ElapsedMilliseconds} ms after the revocation was answered");

        Assert.That(() => VerifyAsync(token.Token), Throws.TypeOf<RequestException>().With.Message.Contains("revoked"));
    }

    [Test]
    public async Task Peer_DropsAKeyThatAuthHasWithdrawn()
    {
        await VerifyAsync((await Auth.ExchangeAsync(Auth.Operator.Secret, "catalog")).Token);
        var old = await Auth.Get<SigningKeyRing>().CurrentAsync(CancellationToken.None).WithinAsync();
        await Auth.Client.RotateSigningKeyAsync(new RotateSigningKeyRequest(), await Auth.AsServiceAsync("gateway")).ResponseAsync.WithinAsync();
        _clock.Advance(KeySchedule.Announce + KeySchedule.Overlap);
        var now = _clock.GetUtcNow();

        string forged = TokenSigner.Sign(old, "promptplatform-auth", new TokenClaims("key_1", Guid.CreateVersion7(now), "key_1", ["techniques:read"], "catalog", now, now.AddMinutes(5)));

        Assert.That(() => VerifyAsync(forged), Throws.TypeOf<RequestException>().With.Message.Contains("signing key is unknown"));
    }

    [Test]
    public async Task Peer_WhileAuthIsAway_GoesOnWithTheKeysItHas()
    {
        var away = await AuthRig.StartAsync(_clock);
        await using var peer = await PeerService.StartAsync(away);
        string first = (await away.ExchangeAsync(away.Operator.Secret, "catalog")).Token;
        string second = (await away.ExchangeAsync(away.Operator.Secret, "catalog")).Token;
        await peer.Verifier.VerifyAsync(first, CancellationToken.None).WithinAsync();
        await away.DisposeAsync();

        // The keys are due for a new fetch; the token, with the tolerated clock difference, still lives.
        _clock.Advance(TimeSpan.FromSeconds(310));

        await peer.Verifier.VerifyAsync(second, CancellationToken.None).WithinAsync();
    }

    protected override Task<AuthRig> StartAsync() => AuthRig.StartAsync(_clock);

    private async Task VerifyAsync(string token) => await _peer.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync();
}
