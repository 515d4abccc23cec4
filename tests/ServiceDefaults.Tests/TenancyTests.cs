using Npgsql;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests;

public sealed class TenancyTests
{
    private ServiceDatabaseRig _rig = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _rig = await ServiceDatabaseRig.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _rig.DisposeAsync();

    [Test]
    public async Task Rows_OfAnotherOrganisation_AreInvisibleWithoutAnyFilter()
    {
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        await AddOutboxRowAsync(mine).WithinAsync();

        Assert.That(await CountAsync(mine).WithinAsync(), Is.EqualTo(1));
        Assert.That(await CountAsync(other).WithinAsync(), Is.Zero);
    }

    [Test]
    public async Task Rows_OfAnotherOrganisation_CannotBeWritten()
    {
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());

        var error = Assert.ThrowsAsync<PostgresException>(() => _rig.Database.ExecuteAsync(mine, batch => AddOutboxRow(batch, other), CancellationToken.None));

        Assert.That(error!.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
        Assert.That(await CountAsync(other).WithinAsync(), Is.Zero);
    }

    [Test]
    public async Task Rows_WithoutAnOrganisation_AreInvisibleEvenToTheOwner()
    {
        await AddOutboxRowAsync(Guid.NewGuid()).WithinAsync();
        await using var owner = NpgsqlDataSource.Create(_rig.Owner);
        await using var count = owner.CreateCommand("SELECT count(*) FROM outbox");

        Assert.That(await count.ExecuteScalarAsync().WithinAsync(), Is.EqualTo(0L));
    }

    [Test]
    public async Task ApplicationRole_OwnsNothingAndCannotChangeTheSchema()
    {
        await using var app = NpgsqlDataSource.Create(_rig.App);
        await using var drop = app.CreateCommand("ALTER TABLE outbox DISABLE ROW LEVEL SECURITY");

        var error = Assert.ThrowsAsync<PostgresException>(async () => await drop.ExecuteNonQueryAsync());

        Assert.That(error!.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [Test]
    public async Task ExecuteAsync_WhenOneCommandFails_KeepsNone()
    {
        var org = Guid.NewGuid();

        Assert.ThrowsAsync<PostgresException>(() => _rig.Database.ExecuteAsync(org, batch =>
        {
            AddOutboxRow(batch, org);
            Storage.SqlParameters.Add(batch, "SELECT 1 / 0");
        }, CancellationToken.None));

        Assert.That(await CountAsync(org).WithinAsync(), Is.Zero);
    }

    private Task<int> AddOutboxRowAsync(Guid org) => _rig.Database.ExecuteAsync(org, batch => AddOutboxRow(batch, org), CancellationToken.None);

    private static void AddOutboxRow(NpgsqlBatch batch, Guid org) => Storage.SqlParameters.Add(
        batch, "INSERT INTO outbox (event_id, org_id, type, payload, created_at) VALUES ($1, $2, 'test', '{}', now())", Guid.NewGuid(), org);

    private async Task<long> CountAsync(Guid org)
    {
        await using var transaction = await _rig.Database.BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command("SELECT count(*) FROM outbox");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
