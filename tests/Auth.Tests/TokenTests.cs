using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class TokenTests : AuthTest
{
    private readonly TestClock _clock = new();

    [Test]
    public async Task ExchangeApiKey_GivesATokenOfOneAudienceForFiveMinutes()
    {
        var org = await Auth.CreateOrganizationAsync("claims");

        var token = await Auth.ExchangeAsync(org.Secret, "enhancement");

        long now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = Part(token.Token, 1);
        Assert.Multiple(() =>
        {
            Assert.That(Part(token.Token, 0).GetProperty("alg").GetString(), Is.EqualTo("ES256"));
            Assert.That(claims.GetProperty("iss").GetString(), Is.EqualTo("promptplatform-auth"));
            Assert.That(claims.GetProperty("aud").GetString(), Is.EqualTo("enhancement"));
            Assert.That(claims.GetProperty("sub").GetString(), Is.EqualTo(org.ApiKey.Id));
            Assert.That("org_" + claims.GetProperty("org").GetString(), Is.EqualTo(org.Organization.Id));
            Assert.That(claims.GetProperty("key").GetString(), Is.EqualTo(org.ApiKey.Id));
            Assert.That(claims.GetProperty("scope").GetString(), Is.EqualTo(string.Join(' ', org.ApiKey.Scopes)));
            Assert.That(claims.GetProperty("iat").GetInt64(), Is.EqualTo(now));
            Assert.That(claims.GetProperty("exp").GetInt64(), Is.EqualTo(now + 300));
            Assert.That(claims.GetProperty("jti").GetString(), Has.Length.EqualTo(32));
            Assert.That(token.ExpiresAt.Seconds, Is.EqualTo(now + 300));
        });
    }

    [Test]
    public async Task ExchangeApiKey_WhenTheKeyEndsSooner_GivesAShorterToken()
    {
        var ends = _clock.GetUtcNow().AddMinutes(2);
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "ends", ExpiresAt = ends.ToTimestamp() });

        var token = await Auth.ExchangeAsync(made.Secret);

        Assert.That(token.ExpiresAt.ToDateTimeOffset(), Is.EqualTo(ends));
    }

    [Test]
    public async Task ExchangeApiKey_WhenTheKeyHasExpired_IsRefused()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "ends", ExpiresAt = _clock.GetUtcNow().AddMinutes(2).ToTimestamp() });
        _clock.Advance(TimeSpan.FromMinutes(2));

        var refusal = await RefusalAsync(() => Auth.ExchangeAsync(made.Secret));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(refusal.Detail, Does.Contain("expired"));
    }

    [Test]
    public async Task ExchangeApiKey_WithATypo_SaysSo()
    {
        string secret = Auth.Operator.Secret;

        var refusal = await RefusalAsync(() => Auth.ExchangeAsync(secret[..^1] + (secret[^1] == 'x' ? 'y' : 'x')));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(refusal.Detail, Does.Contain("copy yours whole"));
    }

    [TestCase("")]
    [TestCase("nobody")]
    public async Task ExchangeApiKey_ForAnUnknownAudience_IsInvalid(string audience)
    {
        var refusal = await RefusalAsync(() => Auth.ExchangeAsync(Auth.Operator.Secret, audience));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
    }

    [Test]
    public async Task ExchangeApiKey_NotesTheUseOnceAMinute()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "used" });
        var first = _clock.GetUtcNow();

        await Auth.ExchangeAsync(made.Secret);
        _clock.Advance(TimeSpan.FromSeconds(59));
        await Auth.ExchangeAsync(made.Secret);
        var early = await LastUsedAsync(made.ApiKey.Id);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Auth.ExchangeAsync(made.Secret);
        var late = await LastUsedAsync(made.ApiKey.Id);

        Assert.That(early, Is.EqualTo(first));
        Assert.That(late, Is.EqualTo(first.AddMinutes(1)));
    }

    [Test]
    public async Task Token_AfterItsFiveMinutesAndTheClockSkew_IsRefused()
    {
        string token = (await Auth.ExchangeAsync(Auth.Operator.Secret)).Token;
        var verifier = Auth.Get<TokenVerifier>();
        _clock.Advance(TimeSpan.FromSeconds(329));
        await verifier.VerifyAsync(token, CancellationToken.None).WithinAsync();

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(async () => await verifier.VerifyAsync(token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>().With.Message.Contains("expired"));
    }

    [Test]
    public async Task Token_OfAnotherAudience_IsRefused()
    {
        var headers = new Metadata { { "authorization", "Bearer " + (await Auth.ExchangeAsync(Auth.Operator.Secret, "catalog")).Token } };

        var refusal = await RefusalAsync(() => Auth.Client.ListApiKeysAsync(new ListApiKeysRequest(), headers).ResponseAsync);

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
    }

    [Test]
    public async Task IntrospectToken_OfALiveToken_SaysWhoseItIs()
    {
        var org = await Auth.CreateOrganizationAsync("introspected");
        var token = await Auth.ExchangeAsync(org.Secret, "enhancement");

        var answer = await IntrospectAsync(token.Token);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Active, Is.True);
            Assert.That(answer.Subject, Is.EqualTo(org.ApiKey.Id));
            Assert.That(answer.OrgId, Is.EqualTo(org.Organization.Id));
            Assert.That(answer.KeyId, Is.EqualTo(org.ApiKey.Id));
            Assert.That(answer.Audience, Is.EqualTo("enhancement"));
            Assert.That(answer.Scopes, Is.EquivalentTo(org.ApiKey.Scopes));
            Assert.That(answer.ExpiresAt, Is.EqualTo(token.ExpiresAt));
        });
    }

    [TestCase("")]
    [TestCase("not a token")]
    [TestCase("eyJhbGciOiJub25lIn0.e30.")]
    public async Task IntrospectToken_OfAnythingElse_SaysOnlyThatItIsNotLive(string token) =>
        Assert.That(await IntrospectAsync(token), Is.EqualTo(new IntrospectTokenResponse()));

    [Test]
    public async Task IntrospectToken_ByAnOrganization_IsForbidden()
    {
        var caller = await Auth.AsAsync(Auth.Operator.Secret);

        var refusal = await RefusalAsync(() => Auth.Client.IntrospectTokenAsync(new IntrospectTokenRequest { Token = "x" }, caller).ResponseAsync);

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    protected override Task<AuthRig> StartAsync() => AuthRig.StartAsync(_clock);

    private static JsonElement Part(string token, int index) => JsonDocument.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(token.Split('.')[index]))).RootElement;

    private async Task<IntrospectTokenResponse> IntrospectAsync(string token) =>
        await Auth.Client.IntrospectTokenAsync(new IntrospectTokenRequest { Token = token }, await Auth.AsServiceAsync("gateway")).ResponseAsync.WithinAsync();

    private async Task<DateTimeOffset?> LastUsedAsync(string keyId)
    {
        var list = await Auth.Client.ListApiKeysAsync(new ListApiKeysRequest { Limit = 100 }, await Auth.AsAsync(Auth.Operator.Secret)).ResponseAsync.WithinAsync();
        return list.Data.Single(k => k.Id == keyId).LastUsedAt?.ToDateTimeOffset();
    }
}
