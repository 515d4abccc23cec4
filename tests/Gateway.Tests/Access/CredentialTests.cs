using PromptPlatform.Gateway.Tests.Upstreams;

namespace PromptPlatform.Gateway.Tests.Access;

internal sealed class CredentialTests : GatewayTest
{
    [Test]
    public async Task Request_WithAKey_ReachesTheServiceWithATokenOfItsAudience()
    {
        var seen = await TestGateway.SeenAsync(await Gateway.EnhanceAsync(Gateway.Auth.CreateKey()));

        string token = seen.Headers["Authorization"]["Bearer ".Length..];
        Assert.That(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Audiences, Is.EqualTo(new[] { "enhancement" }));
    }

    [Test]
    public async Task Request_WithoutAKey_Is401BeforeAnyServiceHearsOfIt()
    {
        int before = Gateway.Echo.Requests;

        var response = await Gateway.EnhanceAsync(null);

        await ProblemAsync(response, 401, "unauthenticated");
        Assert.That(response.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer realm=\"promptplatform\""));
        Assert.That(Gateway.Echo.Requests, Is.EqualTo(before));
    }

    [TestCase("pp_test_short")]
    [TestCase("pp_test_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAzwSlt8", TestName = "Request_WithAWrongChecksum_Is401")]
    [TestCase("not-a-token")]
    [TestCase("a.b.c")]
    public async Task Request_WithAMalformedKey_Is401WithoutAskingAuth(string key)
    {
        int before = Gateway.Auth.Exchanges;

        await ProblemAsync(await Gateway.EnhanceAsync(key), 401, "unauthenticated");

        Assert.That(Gateway.Auth.Exchanges, Is.EqualTo(before));
    }

    [Test]
    public async Task Request_WithAnUnknownKeyTwice_AsksAuthOnce()
    {
        string key = TestKeys.Make();
        int before = Gateway.Auth.Exchanges;

        await ProblemAsync(await Gateway.EnhanceAsync(key), 401, "unauthenticated");
        await ProblemAsync(await Gateway.EnhanceAsync(key), 401, "unauthenticated");

        Assert.That(Gateway.Auth.Exchanges, Is.EqualTo(before + 1));
    }

    [TestCase("Basic abc")]
    [TestCase("Bearer")]
    [TestCase("Bearer  pp_test_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAzwSlt8")]
    public async Task Request_WithAnotherScheme_Is401(string header)
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        await ProblemAsync(await Gateway.SendAsync(request), 401, "unauthenticated");
    }

    [TestCase("enhancement", "/v1/enhancements")]
    [TestCase("catalog", "/v1/techniques")]
    public async Task Token_ForTheRoutesAudience_Passes(string audience, string path)
    {
        string token = Gateway.Auth.Sign(audience, TimeSpan.FromMinutes(5), Guid.NewGuid(), "key_1");

        var seen = await TestGateway.SeenAsync(await Gateway.GetAsync(path, token));

        Assert.That(seen.Headers["Authorization"], Is.EqualTo("Bearer " + token));
    }

    [Test]
    public async Task Token_ForAnotherAudience_Is401()
    {
        string token = Gateway.Auth.Sign("catalog", TimeSpan.FromMinutes(5), Guid.NewGuid(), "key_1");

        var problem = await ProblemAsync(await Gateway.EnhanceAsync(token), 401, "unauthenticated");

        Assert.That(problem["detail"]!.GetValue<string>(), Does.Contain("another service"));
    }

    [Test]
    public async Task Token_ThatHasExpired_Is401()
    {
        string token = Gateway.Auth.Sign("enhancement", TimeSpan.FromMinutes(-5), Guid.NewGuid(), "key_1");

        await ProblemAsync(await Gateway.EnhanceAsync(token), 401, "unauthenticated");
    }

    [Test]
    public async Task Token_SignedBySomebodyElse_Is401()
    {
        string token = new FakeAuth(Gateway.Clock).Sign("enhancement", TimeSpan.FromMinutes(5), Guid.NewGuid(), "key_1");

        await ProblemAsync(await Gateway.EnhanceAsync(token), 401, "unauthenticated");
    }

    [Test]
    public async Task PublicRoute_NeedsNoKeyAndPassesNoneOn()
    {
        var seen = await TestGateway.SeenAsync(await Gateway.GetAsync("/.well-known/jwks.json", TestKeys.Make()));

        Assert.That(seen.Headers, Does.Not.ContainKey("Authorization"));
    }
}
