using Grpc.Core;
using Npgsql;
using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class TenancyTests : AuthTest
{
    private CreateOrganizationResponse _a = null!;
    private CreateOrganizationResponse _b = null!;

    [OneTimeSetUp]
    public async Task CreateOrganizations()
    {
        _a = await Auth.CreateOrganizationAsync("A");
        _b = await Auth.CreateOrganizationAsync("B");
    }

    [Test]
    public async Task ListApiKeys_ShowsOnlyTheCallersOrganization()
    {
        var list = await Auth.Client.ListApiKeysAsync(new ListApiKeysRequest(), await Auth.AsAsync(_a.Secret)).ResponseAsync.WithinAsync();

        Assert.That(list.Data.Select(k => k.Id), Is.EqualTo(new[] { _a.ApiKey.Id }));
    }

    [Test]
    public async Task RevokeApiKey_OfAnotherOrganization_IsNotFoundAndChangesNothing()
    {
        var refusal = await RefusalAsync(() => Auth.RevokeAsync(_a.Secret, _b.ApiKey.Id));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That((await Auth.ExchangeAsync(_b.Secret)).KeyId, Is.EqualTo(_b.ApiKey.Id));
    }

    [Test]
    public async Task GetOrganization_OfAnother_IsNotFound()
    {
        var caller = await Auth.AsAsync(_a.Secret);

        var own = await Auth.Client.GetOrganizationAsync(new GetOrganizationRequest { Id = _a.Organization.Id }, caller).ResponseAsync.WithinAsync();
        var refusal = await RefusalAsync(() => Auth.Client.GetOrganizationAsync(new GetOrganizationRequest { Id = _b.Organization.Id }, caller).ResponseAsync);

        Assert.That(own.Name, Is.EqualTo("A"));
        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task ListOrganizations_ShowsTheOperatorAll_AndOthersTheirOwn()
    {
        var all = await Auth.Client.ListOrganizationsAsync(new ListOrganizationsRequest(), await Auth.AsAsync(Auth.Operator.Secret)).ResponseAsync.WithinAsync();
        var own = await Auth.Client.ListOrganizationsAsync(new ListOrganizationsRequest(), await Auth.AsAsync(_a.Secret)).ResponseAsync.WithinAsync();

        Assert.That(all.Data.Select(o => o.Id), Is.EquivalentTo(new[] { Auth.Operator.OrgId, _a.Organization.Id, _b.Organization.Id }));
        Assert.That(own.Data.Select(o => o.Id), Is.EqualTo(new[] { _a.Organization.Id }));
    }

    [Test]
    public async Task CreateOrganization_ByAnOrganization_IsForbidden()
    {
        var caller = await Auth.AsAsync(_a.Secret);

        var refusal = await RefusalAsync(() => Auth.Client.CreateOrganizationAsync(new CreateOrganizationRequest { Name = "mine" }, caller).ResponseAsync);

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [Test]
    public async Task CreateApiKey_WithTheOperatorsScope_IsForbiddenToAnOrganization()
    {
        var refusal = await RefusalAsync(() => Auth.CreateKeyAsync(_a.Secret, new CreateApiKeyRequest { Name = "up", Scopes = { "organizations:write" } }));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    [TestCase("api_keys")]
    [TestCase("organizations")]
    public async Task Rows_WithoutAnOrganization_AreInvisible(string table) =>
        Assert.That(await CountAsync($"SELECT count(*) FROM {table}"), Is.Zero);

    [TestCase("api_keys")]
    [TestCase("organizations")]
    public async Task Rows_WithoutAFilter_AreThoseOfTheOrganization(string table)
    {
        string orgId = Guid.ParseExact(_a.Organization.Id["org_".Length..], "N").ToString();

        Assert.That(await CountAsync($"SELECT count(*) FROM {table}", ("app.org_id", orgId)), Is.EqualTo(1));
    }

    [Test]
    public async Task KeyLookup_OpensTheOneRowWhoseHashIsNamed()
    {
        string hash = Convert.ToHexString(ApiKeySecret.Hash(_b.Secret));

        Assert.That(await CountAsync("SELECT count(*) FROM api_keys", ("app.platform", "key-lookup")), Is.Zero);
        Assert.That(await CountAsync("SELECT count(*) FROM api_keys", ("app.platform", "key-lookup"), ("app.key_sha256", hash)), Is.EqualTo(1));
    }

    [Test]
    public async Task OperatorPurpose_DoesNotOpenApiKeys() =>
        Assert.That(await CountAsync("SELECT count(*) FROM api_keys", ("app.platform", "operator")), Is.Zero);

    [Test]
    public async Task SigningKeys_AreOpenToTheirPurposeOnly()
    {
        Assert.That(await CountAsync("SELECT count(*) FROM signing_keys", ("app.platform", "operator")), Is.Zero);
        Assert.That(await CountAsync("SELECT count(*) FROM signing_keys", ("app.platform", "signing")), Is.EqualTo(1));
    }

    // As the service's own role, which row-level security binds.
    private async Task<long> CountAsync(string sql, params (string Name, string Value)[] settings)
    {
        await using var connection = new NpgsqlConnection(Auth.Database.AppConnectionString);
        await connection.OpenAsync().WithinAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (name, value) in settings)
        {
            await using var set = new NpgsqlCommand("SELECT set_config($1, $2, true)", connection, transaction) { Parameters = { new() { Value = name }, new() { Value = value } } };
            await set.ExecuteNonQueryAsync();
        }
        await using var count = new NpgsqlCommand(sql, connection, transaction);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
