using System.Text.Json;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

/// <summary>Every bad token of the reference list is refused with 401 and nothing else; the list and the forgeries cover each other.</summary>
public sealed class NegativeTokenTests
{
    // What a header carries is not the verifier's to see: AuthorizationHeaderTests has these.
    private static readonly string[] s_ofTheHeader =
    [
        "token twice in two Authorization headers", "token in query string", "Bearer lower/upper/mixed case and double space",
    ];

    [TestCaseSource(typeof(NegativeTokens), nameof(NegativeTokens.Names))]
    public void Verify_ABadToken_RefusesIt(string name)
    {
        using var forge = new TokenForge();
        string token = NegativeTokens.Forge(name, forge);

        var refusal = Assert.ThrowsAsync<RequestException>(async () => await forge.Verifier.VerifyAsync(token, CancellationToken.None).WithinAsync());

        Assert.That(refusal!.Fault, Is.EqualTo(RequestFault.Unauthenticated));
        Assert.That(refusal.Message, Does.Not.Contain(TokenForge.Kid));
    }

    [TestCaseSource(typeof(NegativeTokens), nameof(NegativeTokens.Names))]
    public async Task Inspect_ABadToken_SaysThatItIsNotLive(string name)
    {
        using var forge = new TokenForge();

        var found = await forge.Verifier.InspectAsync(NegativeTokens.Forge(name, forge), CancellationToken.None).WithinAsync();

        // Introspection reads tokens of every audience: for another service a token is good.
        Assert.That(found, name == "aud of another service" ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void Forgeries_CoverTheReferenceList()
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Identity", "negative-tokens.json");
        var listed = JsonSerializer.Deserialize<string[]>(File.ReadAllText(path))!;

        Assert.That(NegativeTokens.Names.Concat(s_ofTheHeader), Is.EquivalentTo(listed));
    }
}
