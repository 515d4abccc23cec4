using Npgsql;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Platform.Tests.LocalServers;

public sealed class ServiceDatabaseTests
{
    [Test]
    public async Task CreateDatabase_GivesTheOwnerTrigramsAndUnaccent()
    {
        var database = await PostgresServer.CreateDatabaseAsync("extensions");

        var similarity = await ScalarAsync(
            database.OwnerConnectionString,
            "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; SELECT similarity('WÖRLD', 'wörld')");

        Assert.That(similarity, Is.EqualTo(1f));
    }

    [Test]
    public async Task AppRole_MayDoWhatTheMigrationsGrant_ButOwnsNothing()
    {
        var database = await PostgresServer.CreateDatabaseAsync("roles");
        await ScalarAsync(database.OwnerConnectionString, $"CREATE TABLE note (body text NOT NULL); CREATE TABLE other (x int); GRANT SELECT, INSERT ON note TO {AppRole(database)}");

        var written = await ScalarAsync(database.AppConnectionString, "INSERT INTO note VALUES ('hello') RETURNING body");
        var owned = await ScalarAsync(
            database.AppConnectionString,
            "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)");

        Assert.That(written, Is.EqualTo("hello"));
        Assert.That(owned, Is.EqualTo(0L));
        Assert.That(() => ScalarAsync(database.AppConnectionString, "CREATE TABLE mine (x int)"), Throws.InstanceOf<PostgresException>());
        Assert.That(() => ScalarAsync(database.AppConnectionString, "SELECT x FROM other"), Throws.InstanceOf<PostgresException>());
    }

    [Test]
    public async Task AppRole_SeesOnlyItsRows_UnderForcedRowLevelSecurity()
    {
        var database = await PostgresServer.CreateDatabaseAsync("tenancy");
        await ScalarAsync(
            database.OwnerConnectionString,
            $"""
            CREATE TABLE note (org_id int NOT NULL);
            ALTER TABLE note ENABLE ROW LEVEL SECURITY;
            ALTER TABLE note FORCE ROW LEVEL SECURITY;
            CREATE POLICY tenant ON note USING (org_id = current_setting('app.org_id')::int);
            GRANT SELECT, INSERT ON note TO {AppRole(database)};
            """);

        var seen = await ScalarAsync(
            database.AppConnectionString,
            "BEGIN; SET LOCAL app.org_id = 1; INSERT INTO note VALUES (1); SET LOCAL app.org_id = 2; SELECT count(*) FROM note; COMMIT");

        Assert.That(seen, Is.EqualTo(0L));
    }

    [Test]
    public async Task Ensure_WhenRepeated_KeepsTheDataAndRenewsThePasswords()
    {
        var admin = await PostgresServer.AdminAsync();
        var first = await PostgresServer.CreateDatabaseAsync("again");
        await ScalarAsync(first.OwnerConnectionString, $"CREATE TABLE kept (x int); INSERT INTO kept VALUES (7); GRANT SELECT ON kept TO {AppRole(first)}");

        var second = await ServiceDatabase.EnsureAsync(admin, first.Name, CancellationToken.None).WithinAsync();

        Assert.That(await ScalarAsync(second.AppConnectionString, "SELECT x FROM kept"), Is.EqualTo(7));
        Assert.That(second.AppConnectionString, Is.Not.EqualTo(first.AppConnectionString));
    }

    [TestCase("")]
    [TestCase("Upper")]
    [TestCase("x; DROP DATABASE postgres")]
    public void Ensure_WhenTheNameIsNoIdentifier_Refuses(string name)
    {
        Assert.That(() => ServiceDatabase.EnsureAsync("Host=127.0.0.1", name, CancellationToken.None), Throws.ArgumentException);
    }

    private static string AppRole(ServiceDatabase database) => new NpgsqlConnectionStringBuilder(database.AppConnectionString).Username!;

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync().WithinAsync();
    }
}
