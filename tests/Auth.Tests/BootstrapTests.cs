using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class BootstrapTests : AuthTest
{
    [Test]
    public async Task EnsureOperator_WithTheKeptSecret_AnswersIt()
    {
        var again = await EnsureAsync(Auth.Operator.Secret);

        Assert.That(again, Is.EqualTo(Auth.Operator with { Created = false }));
    }

    [Test]
    public async Task EnsureOperator_WhenTheSecretWasLost_MakesAnotherKeyOfTheSameOrganization()
    {
        var another = await EnsureAsync(kept: null);

        Assert.That(another.OrgId, Is.EqualTo(Auth.Operator.OrgId));
        Assert.That(another.Secret, Is.Not.EqualTo(Auth.Operator.Secret));
        Assert.That((await Auth.ExchangeAsync(another.Secret)).Scopes, Does.Contain("organizations:write"));
    }

    [Test]
    public async Task EnsureOperator_WhenTheKeptKeyWasRevoked_MakesAnother()
    {
        var kept = await EnsureAsync(kept: null);
        await Auth.RevokeAsync(Auth.Operator.Secret, (await Auth.ExchangeAsync(kept.Secret)).KeyId);

        Assert.That((await EnsureAsync(kept.Secret)).Created, Is.True);
    }

    [Test]
    public async Task EnsureOperator_WhenTheKeptKeyIsOlderThanAScope_MakesAnother()
    {
        var older = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "older", Scopes = { "enhance", "keys:write" } });

        var another = await EnsureAsync(older.Secret);

        Assert.That((await Auth.ExchangeAsync(another.Secret)).Scopes, Does.Contain("policy:write"));
        Assert.That((await Auth.ExchangeAsync(older.Secret)).Scopes, Does.Contain("enhance"), "the older key still works");
    }

    [Test]
    public async Task EnsureOperator_WithTheKeyOfAnotherOrganization_MakesAnother()
    {
        var org = await Auth.CreateOrganizationAsync("not the operator");

        Assert.That((await EnsureAsync(org.Secret)).Created, Is.True);
    }

    [Test]
    public async Task EnsureOperator_ManyTimesAtOnce_MakesOneOrganization()
    {
        await using var fresh = await AuthRig.StartWithoutOperatorAsync();
        var services = fresh.Get<IServiceProvider>();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AuthBootstrap.EnsureOperatorAsync(services, kept: null, CancellationToken.None))).WithinAsync();

        Assert.That(made.Select(m => m.OrgId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(made.Select(m => m.Secret), Is.Unique);
    }

    [Test]
    public async Task EnsureOperator_NamesTheOrganizationDefault()
    {
        var found = await Auth.Client.GetOrganizationAsync(new GetOrganizationRequest { Id = Auth.Operator.OrgId }, await Auth.AsAsync(Auth.Operator.Secret)).ResponseAsync.WithinAsync();

        Assert.That(found.Name, Is.EqualTo("default"));
    }

    [Test]
    public async Task CreateOperator_OnTheCommandLine_PrintsAKeyThatWorks()
    {
        var normal = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            int exitCode = await ServiceProgram.RunAsync(
                ["create-operator", .. AuthRig.Settings(Auth.Database), "--Logging:LogLevel:Default=None"],
                builder => builder.AddServiceDefaults("auth").AddAuth(),
                app => app.MapServiceDefaults().MapAuth(),
                new ServiceCommand("create-operator", AuthBootstrap.CreateOperatorAsync)).WithinAsync();
            Assert.That(exitCode, Is.Zero);
        }
        finally
        {
            Console.SetOut(normal);
        }

        Assert.That((await Auth.ExchangeAsync(printed.ToString().Trim())).OrgId, Is.EqualTo(Auth.Operator.OrgId));
    }

    private Task<OperatorKey> EnsureAsync(string? kept) => AuthBootstrap.EnsureOperatorAsync(Auth.Get<IServiceProvider>(), kept, CancellationToken.None).WithinAsync();
}
