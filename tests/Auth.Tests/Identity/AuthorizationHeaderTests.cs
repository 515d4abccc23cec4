using System.Net;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

internal sealed class AuthorizationHeaderTests : AuthTest
{
    private readonly HttpClient _http = new();

    [OneTimeTearDown]
    public void DisposeClient() => _http.Dispose();

    [TestCase("Bearer ")]
    [TestCase("bearer ")]
    [TestCase("BEARER ")]
    [TestCase("bEaReR ")]
    public async Task Bearer_InAnyCase_IsAccepted(string scheme) =>
        Assert.That(await AskAsync("", scheme + await TokenAsync()), Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task Bearer_WithTwoSpaces_IsRefused() =>
        Assert.That(await AskAsync("", "Bearer  " + await TokenAsync()), Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task Token_InTwoHeaders_IsRefused()
    {
        string header = "Bearer " + await TokenAsync();

        Assert.That(await AskAsync("", header, header), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Token_InTheQuery_IsNotLookedAt() =>
        Assert.That(await AskAsync("?access_token=" + await TokenAsync()), Is.Not.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task Call_WithoutAToken_IsRefused() => Assert.That(await AskAsync(""), Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task Jwks_NeedsNoToken()
    {
        string jwks = await _http.GetStringAsync(new Uri(Auth.Ports.Http + "/.well-known/jwks.json")).WithinAsync();

        Assert.That(jwks, Does.Contain("\"keys\"").And.Contain("\"P-256\"").And.Not.Contain("\"d\""));
    }

    private async Task<string> TokenAsync() => (await Auth.ExchangeAsync(Auth.Operator.Secret)).Token;

    private async Task<HttpStatusCode> AskAsync(string query, params string[] authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Auth.Ports.Http + "/v1/api-keys" + query);
        foreach (string value in authorization)
            request.Headers.TryAddWithoutValidation("Authorization", value);
        using var answer = await _http.SendAsync(request).WithinAsync();
        return answer.StatusCode;
    }
}
