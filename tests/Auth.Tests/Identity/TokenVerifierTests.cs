using System.Security.Cryptography;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

public sealed class TokenVerifierTests
{
    private TokenForge _forge = null!;

    [SetUp]
    public void MakeForge() => _forge = new TokenForge();

    [TearDown]
    public void DisposeForge() => _forge.Dispose();

    [Test]
    public async Task Verify_ARightToken_AnswersItsCaller()
    {
        var caller = await _forge.Verifier.VerifyAsync(_forge.Make(), CancellationToken.None).WithinAsync();

        Assert.Multiple(() =>
        {
            Assert.That(caller.Subject, Is.EqualTo("key_1"));
            Assert.That(caller.OrgId, Is.EqualTo(_forge.OrgId));
            Assert.That(caller.KeyId, Is.EqualTo("key_1"));
            Assert.That(caller.Scopes, Is.EquivalentTo(new[] { "techniques:read", "enhance" }));
            Assert.That(caller.ExpiresAt, Is.EqualTo(_forge.Clock.GetUtcNow().AddMinutes(5)));
        });
    }

    [Test]
    public async Task Verify_AServicesToken_AnswersAService()
    {
        string token = _forge.WithClaims(c => { c.Remove("org"); c.Remove("key"); c["sub"] = "svc:enhancement"; });

        Assert.That((await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync()).IsService, Is.True);
    }

    [Test]
    public async Task Verify_WithinTheClockSkew_StillAccepts()
    {
        string late = _forge.Make();
        string early = _forge.WithClaims(c => { c["iat"] = _forge.Now + 330; c["nbf"] = _forge.Now + 330; c["exp"] = _forge.Now + 630; });

        _forge.Clock.Advance(TimeSpan.FromSeconds(329));

        await _forge.Verifier.VerifyAsync(late, CancellationToken.None).WithinAsync();
        await _forge.Verifier.VerifyAsync(early, CancellationToken.None).WithinAsync();
    }

    [Test]
    public async Task Verify_ARememberedToken_RefusesItOnceRevoked()
    {
        string token = _forge.Make();
        await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync();

        _forge.Revocations.Add("key", "key_1");

        Assert.That(async () => await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>().With.Message.Contains("revoked"));
    }

    [Test]
    public async Task Verify_ARememberedToken_RefusesItOnceExpired()
    {
        string token = _forge.Make();
        await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync();

        _forge.Clock.Advance(TimeSpan.FromSeconds(330));

        Assert.That(async () => await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>().With.Message.Contains("expired"));
    }

    [Test]
    public async Task Verify_ARightTokenWithOneBitChanged_RefusesIt()
    {
        string token = _forge.Make();
        await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync();

        for (int i = 0; i < token.Length; i += 7)
        {
            string changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.That(async () => await _forge.Verifier.VerifyAsync(changed, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>(), $"position {i}");
        }
    }

    [Test]
    public void Verify_ATokenWrittenInAnotherWay_RefusesIt()
    {
        string token = _forge.Make();
        // 64 bytes leave four unused bits in the last character of the signature: change one of them.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        string sameBytes = token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) ^ 1];

        Assert.That(async () => await _forge.Verifier.VerifyAsync(sameBytes, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>());
    }

    [TestCase("""{"alg":"ES256","kid":"\ud800"}""", null)]
    [TestCase("""{"alg":"ES256","kid":"current","\ud800":"x"}""", null)]
    [TestCase("""{"alg":"ES256","kid":"current","kid":"current"}""", null)]
    [TestCase("""{"alg":"ES256","kid":["current"]}""", null)]
    [TestCase("""{"alg":"ES256","kid":"current"} """, "{")]
    [TestCase(null, """{"iss":"promptplatform-auth","aud":"catalog","sub":"\ud800"}""")]
    [TestCase(null, "")]
    [TestCase(null, "null")]
    public void Verify_AStrangeHeaderOrPayload_RefusesIt(string? header, string? payload)
    {
        string token = _forge.Sign(header ?? TokenForge.Header().ToJsonString(), payload ?? _forge.Claims().ToJsonString());

        Assert.That(async () => await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>());
    }

    [Test]
    public void Verify_WithTheKeyOfAnotherCurve_RefusesIt()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string signed = TokenForge.Encode(TokenForge.Header().ToJsonString()) + "." + TokenForge.Encode(_forge.Claims().ToJsonString());
        string token = signed + "." + Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(p384.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA384));

        Assert.That(async () => await _forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>());
    }
}
