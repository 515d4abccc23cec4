using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class ApiKeyTests : AuthTest
{
    [Test]
    public async Task CreateApiKey_ShowsItsSecretOnce_AndIsListedByPrefixAndLastFour()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "ci", Scopes = { "enhance" }, Environment = "test" });

        var list = await Auth.Client.ListApiKeysAsync(new ListApiKeysRequest(), await Auth.AsAsync(Auth.Operator.Secret)).ResponseAsync.WithinAsync();

        var listed = list.Data.Single(k => k.Id == made.ApiKey.Id);
        Assert.Multiple(() =>
        {
            Assert.That(made.Secret, Does.StartWith(listed.Prefix).And.EndsWith(listed.LastFour));
            Assert.That(listed.Prefix, Is.EqualTo("pp_test_"));
            Assert.That(listed.Scopes, Is.EqualTo(new[] { "enhance" }));
            Assert.That(list.ToString(), Does.Not.Contain(made.Secret));
        });
    }

    [Test]
    public async Task CreateApiKey_WithoutScopes_GetsTheCreatorsWithoutKeysWrite()
    {
        var creator = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "creator", Scopes = { "keys:write", "enhance" } });

        var made = await Auth.CreateKeyAsync(creator.Secret, new CreateApiKeyRequest { Name = "child" });

        Assert.That(made.ApiKey.Scopes, Is.EqualTo(new[] { "enhance" }));
    }

    [Test]
    public async Task CreateApiKey_WithScopeThatTheCreatorLacks_IsForbidden()
    {
        var creator = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "creator", Scopes = { "keys:write" } });

        var refusal = await RefusalAsync(() => Auth.CreateKeyAsync(creator.Secret, new CreateApiKeyRequest { Name = "child", Scopes = { "history:read" } }));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
        Assert.That(refusal.Detail, Does.Contain("history:read"));
    }

    [TestCase("inference.analyze")]
    [TestCase("auth.revocations")]
    [TestCase("auth.rotate")]
    [TestCase("catalog.snapshot")]
    [TestCase("*")]
    [TestCase("")]
    public async Task CreateApiKey_WithScopeThatIsNotOfKeys_IsInvalid(string scope)
    {
        var refusal = await RefusalAsync(() => Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "x", Scopes = { scope } }));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
    }

    [Test]
    public async Task CreateApiKey_ByKeyWithoutKeysWrite_IsForbidden()
    {
        var reader = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "reader", Scopes = { "keys:read" } });

        var refusal = await RefusalAsync(() => Auth.CreateKeyAsync(reader.Secret, new CreateApiKeyRequest { Name = "child" }));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [TestCase("", "live", 1, "name")]
    [TestCase("ok", "staging", 1, "environment")]
    [TestCase("ok", "live", -1, "expiresAt")]
    public async Task CreateApiKey_WithWrongField_NamesIt(string name, string environment, int expiresInHours, string field)
    {
        var request = new CreateApiKeyRequest { Name = name, Environment = environment, ExpiresAt = Auth.Clock.GetUtcNow().AddHours(expiresInHours).ToTimestamp() };

        var refusal = await RefusalAsync(() => Auth.CreateKeyAsync(Auth.Operator.Secret, request));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(refusal.Detail, Does.StartWith(field));
    }

    [Test]
    public async Task CreateApiKey_WithTimeThatIsNone_IsInvalid()
    {
        var request = new CreateApiKeyRequest { Name = "x", ExpiresAt = new Timestamp { Seconds = long.MaxValue } };

        var refusal = await RefusalAsync(() => Auth.CreateKeyAsync(Auth.Operator.Secret, request));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
    }

    [Test]
    public async Task ListApiKeys_InPages_GivesEveryKeyOnce()
    {
        var org = await Auth.CreateOrganizationAsync("pages");
        for (int i = 0; i < 4; i++)
            await Auth.CreateKeyAsync(org.Secret, new CreateApiKeyRequest { Name = $"key {i}" });

        var seen = new List<string>();
        string cursor = "";
        do
        {
            var page = await Auth.Client.ListApiKeysAsync(new ListApiKeysRequest { Limit = 2, Cursor = cursor }, await Auth.AsAsync(org.Secret)).ResponseAsync.WithinAsync();
            seen.AddRange(page.Data.Select(k => k.Id));
            cursor = page.NextCursor;
        }
        while (cursor.Length > 0 && seen.Count <= 5);

        Assert.That(seen, Has.Count.EqualTo(5).And.Unique);
    }

    [TestCase(-1)]
    [TestCase(101)]
    public async Task ListApiKeys_WithLimitOutOfRange_IsInvalid(int limit)
    {
        var caller = await Auth.AsAsync(Auth.Operator.Secret);

        var refusal = await RefusalAsync(() => Auth.Client.ListApiKeysAsync(new ListApiKeysRequest { Limit = limit }, caller).ResponseAsync);

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
    }

    [Test]
    public async Task RevokeApiKey_Twice_KeepsTheFirstTime()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "short-lived" });

        var first = await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);
        var second = await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);

        Assert.That(first.RevokedAt, Is.Not.Null);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task ExchangeApiKey_WhenTheKeyWasRevoked_IsRefused()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "revoked" });
        await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);

        var refusal = await RefusalAsync(() => Auth.ExchangeAsync(made.Secret));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(refusal.Detail, Does.Contain("revoked"));
    }

    [TestCase("key_00000000000000000000000000000000")]
    [TestCase("nonsense")]
    public async Task RevokeApiKey_WhenThereIsNone_IsNotFound(string id)
    {
        var refusal = await RefusalAsync(() => Auth.RevokeAsync(Auth.Operator.Secret, id));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }
}
