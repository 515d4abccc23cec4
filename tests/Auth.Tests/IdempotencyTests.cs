using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class IdempotencyTests : AuthTest
{
    [Test]
    public async Task CreateApiKey_TwiceWithOneIdempotencyKey_MakesOneKey()
    {
        var org = await Auth.CreateOrganizationAsync("idempotent");
        var request = new CreateApiKeyRequest { Name = "once" };

        var first = await CreateAsync(org.Secret, request, "a-key");
        var second = await CreateAsync(org.Secret, request, "a-key");

        var list = await Auth.Client.ListApiKeysAsync(new ListApiKeysRequest(), await Auth.AsAsync(org.Secret)).ResponseAsync.WithinAsync();
        Assert.That(second, Is.EqualTo(first));
        Assert.That(list.Data.Count(k => k.Name == "once"), Is.EqualTo(1));
    }

    [Test]
    public async Task CreateApiKey_WithUsedIdempotencyKeyAndAnotherBody_IsRefused()
    {
        await CreateAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "one" }, "b-key");

        var refusal = await RefusalAsync(() => CreateAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "two" }, "b-key"));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.FailedPrecondition));
    }

    [Test]
    public async Task CreateApiKey_WhenTheKeyWasRevokedSince_DoesNotShowItsSecretAgain()
    {
        var request = new CreateApiKeyRequest { Name = "revoked" };
        var made = await CreateAsync(Auth.Operator.Secret, request, "c-key");
        await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);

        var refusal = await RefusalAsync(() => CreateAsync(Auth.Operator.Secret, request, "c-key"));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task CreateOrganization_TwiceWithOneIdempotencyKey_MakesOneOrganization()
    {
        var headers = await Auth.AsAsync(Auth.Operator.Secret);
        headers.Add("idempotency-key", "org-key");
        var request = new CreateOrganizationRequest { Name = "only one" };

        var first = await Auth.Client.CreateOrganizationAsync(request, headers).ResponseAsync.WithinAsync();
        var second = await Auth.Client.CreateOrganizationAsync(request, headers).ResponseAsync.WithinAsync();

        var list = await Auth.Client.ListOrganizationsAsync(new ListOrganizationsRequest { Limit = 100 }, headers).ResponseAsync.WithinAsync();
        Assert.That(second, Is.EqualTo(first));
        Assert.That(list.Data.Count(o => o.Name == "only one"), Is.EqualTo(1));
    }

    private async Task<CreateApiKeyResponse> CreateAsync(string creator, CreateApiKeyRequest request, string idempotencyKey)
    {
        var headers = await Auth.AsAsync(creator);
        headers.Add("idempotency-key", idempotencyKey);
        return await Auth.Client.CreateApiKeyAsync(request, headers).ResponseAsync.WithinAsync();
    }
}
