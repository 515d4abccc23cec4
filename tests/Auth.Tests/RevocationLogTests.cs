using Npgsql;
using PromptPlatform.Auth.Revocations;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class RevocationLogTests : AuthTest
{
    private readonly TestClock _clock = new();

    private RevocationLog Log => Auth.Get<RevocationLog>();

    [Test]
    public async Task Revocations_AreToldForFifteenMinutes_AndDeletedAfterAnHour()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "old news" });
        await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);

        var fresh = await ReadAsync();
        _clock.Advance(TimeSpan.FromMinutes(15));
        var stale = await ReadAsync();
        await Log.CleanAsync(CancellationToken.None).WithinAsync();
        long kept = await CountAsync(made.ApiKey.Id);
        _clock.Advance(TimeSpan.FromMinutes(46));
        await Log.CleanAsync(CancellationToken.None).WithinAsync();

        Assert.That(fresh.Revocations.Select(r => r.Id), Does.Contain(made.ApiKey.Id));
        Assert.That(stale.Revocations, Is.Empty);
        Assert.That(kept, Is.EqualTo(1));
        Assert.That(await CountAsync(made.ApiKey.Id), Is.Zero);
    }

    [Test]
    public async Task Revocations_WaitForOneThatHasNotCommitted_SoThatNumbersBecomeVisibleInOrder()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "second" });
        var orgId = Guid.ParseExact(Auth.Operator.OrgId["org_".Length..], "N");
        await using var first = await Auth.Get<TenantDatabase>().BeginAsync(orgId, CancellationToken.None).WithinAsync();
        await using var batch = first.Batch();
        RevocationRows.Insert(batch, orgId, "key", "key_first", _clock.GetUtcNow());
        await batch.ExecuteNonQueryAsync().WithinAsync();

        var second = Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Assert.That(second.IsCompleted, Is.False);
        await first.CommitAsync(CancellationToken.None).WithinAsync();
        await second;

        var order = (await ReadAsync()).Revocations.Select(r => r.Id).ToList();
        Assert.That(order.IndexOf("key_first"), Is.InRange(0, order.IndexOf(made.ApiKey.Id)));
    }

    protected override Task<AuthRig> StartAsync() => AuthRig.StartAsync(_clock);

    private Task<RevocationBatch> ReadAsync() => Log.ReadAfterAsync(0, RevocationLog.MaxBatch, CancellationToken.None).WithinAsync();

    // As the superuser, whom row-level security does not bind.
    private async Task<long> CountAsync(string id)
    {
        var admin = new NpgsqlConnectionStringBuilder(await PostgresServer.AdminAsync()) { Database = Auth.Database.Name, Pooling = false };
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync().WithinAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM revocations WHERE id = $1", connection) { Parameters = { new() { Value = id } } };
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
