using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class ServiceSecretTests : AuthTest
{
    [Test]
    public async Task ExchangeServiceSecret_GivesWhatTheServiceMayDoThere()
    {
        var token = await Auth.ExchangeServiceAsync("enhancement", "inference");

        Assert.That(token.Scopes, Is.EqualTo(new[] { "inference.analyze" }));
        Assert.That(token.OrgId, Is.Empty);
    }

    [Test]
    public async Task ExchangeServiceSecret_ForAuth_OpensRevocationsToEveryService()
    {
        foreach (string service in AuthRig.Services)
            Assert.That((await Auth.ExchangeServiceAsync(service, "auth")).Scopes, Does.Contain("auth.revocations"));
    }

    [Test]
    public async Task ExchangeServiceSecret_WhereTheServiceHasNoBusiness_IsForbidden()
    {
        var refusal = await RefusalAsync(() => Auth.ExchangeServiceAsync("catalog", "inference"));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [Test]
    public async Task ExchangeServiceSecret_WithAnUnknownServiceOrAWrongSecret_SaysTheSame()
    {
        var unknown = await RefusalAsync(() => ExchangeAsync("nobody", AuthRig.SecretOf("nobody")));
        var wrong = await RefusalAsync(() => ExchangeAsync("enhancement", AuthRig.SecretOf("catalog")));
        var empty = await RefusalAsync(() => ExchangeAsync("enhancement", ""));

        Assert.That(unknown.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(wrong, Is.EqualTo(unknown));
        Assert.That(empty, Is.EqualTo(unknown));
    }

    [Test]
    public async Task RotateSigningKey_ByAServiceWithoutTheScope_IsForbidden()
    {
        var caller = await Auth.AsServiceAsync("enhancement");

        var refusal = await RefusalAsync(() => Auth.Client.RotateSigningKeyAsync(new RotateSigningKeyRequest(), caller).ResponseAsync);

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [Test]
    public async Task CreateApiKey_ByAService_IsForbidden()
    {
        var caller = await Auth.AsServiceAsync("gateway");

        var refusal = await RefusalAsync(() => Auth.Client.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "x" }, caller).ResponseAsync);

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    private async Task<TokenResponse> ExchangeAsync(string service, string secret) =>
        await Auth.Client.ExchangeServiceSecretAsync(new ExchangeServiceSecretRequest { Service = service, Secret = secret, Audience = "auth" }).ResponseAsync.WithinAsync();
}
