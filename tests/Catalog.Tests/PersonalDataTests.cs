using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

public sealed class PersonalDataTests
{
    private readonly ErrorLogGuard errors = new();
    private CatalogApplication catalog = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => catalog = await CatalogApplication.StartAsync(errors);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await catalog.DisposeAsync();
        errors.Verify();
    }

    [Test]
    public async Task Erasure_OfAnOrganisationWithoutTechniques_AnswersZeroAndLeavesTheCatalogue()
    {
        string receipt = await EraseAsync(Guid.NewGuid());

        Assert.That(receipt, Does.Contain("""{"rows": 0, "what": "techniques"}"""));
        Assert.That((await catalog.ListAsync(new() { Limit = 100 })).Data, Has.Count.EqualTo(100));
    }

    [Test]
    public async Task Erasure_OfAnOrganisation_TakesItsOwnTechniquesAlone()
    {
        var ours = Guid.NewGuid();
        var theirs = Guid.NewGuid();
        foreach (var org in new[] { ours, theirs })
        {
            await AsAsync(org, "INSERT INTO techniques (org_id, id, family, apply_mode, intents, content, search, words, heading, updated_at) "
                + $"SELECT '{org}', 'own', family, apply_mode, intents, content, search, words, heading, updated_at FROM techniques WHERE id = 'react'");
        }

        string receipt = await EraseAsync(ours);

        Assert.That(receipt, Does.Contain("""{"rows": 1, "what": "techniques"}"""));
        Assert.That((await AsAsync(ours, "SELECT count(*)::int FROM techniques"), await AsAsync(theirs, "SELECT count(*)::int FROM techniques")), Is.EqualTo((163, 164)));
    }

    private async Task<string> EraseAsync(Guid org)
    {
        var request = new AccountErased(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid());
        foreach (var subscription in catalog.Host.Services.GetServices<EventSubscription>())
            await subscription.DeliverAsync(request, CancellationToken.None).WithinAsync();
        for (int i = 0; i < 300; i++)
        {
            if (await AsAsync(org, "SELECT payload::text FROM outbox WHERE type = 'personal_data_handled.v1'") is string payload)
                return payload;
            await Task.Delay(100);
        }
        throw new AssertionException("no receipt came");
    }

    private async Task<object?> AsAsync(Guid org, string sql)
    {
        await using var source = NpgsqlDataSource.Create(catalog.Host.Database.AppConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand($"SET app.org_id = '{org}'; {sql}");
        return await command.ExecuteScalarAsync().WithinAsync();
    }
}
