using Npgsql;
using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

public sealed class TenancyTests
{
    private const string Ours = "0b0e0000-0000-4000-8000-000000000001";
    private const string Theirs = "0b0e0000-0000-4000-8000-000000000002";

    [TestCase(Ours, 1)]
    [TestCase(Theirs, 0)]
    public async Task Row_OfAnOrganisation_IsSeenByItAlone(string reader, int seen)
    {
        object? count = await AsApplicationAsync(
            $"SET LOCAL app.org_id = '{Ours}'; {Copy(Ours)}; SET LOCAL app.org_id = '{reader}'; SELECT count(*)::int FROM techniques WHERE org_id = '{Ours}'");

        Assert.That(count, Is.EqualTo(seen));
    }

    [TestCase("")]
    [TestCase(Theirs)]
    public async Task PublicRows_AreReadByEverybody(string reader)
    {
        Assert.That(await AsApplicationAsync($"SET LOCAL app.org_id = '{reader}'; SELECT count(*)::int FROM techniques"), Is.EqualTo(163));
    }

    [Test]
    public void Row_ForAnotherOrganisation_CannotBeWritten()
    {
        Assert.That(() => AsApplicationAsync($"SET LOCAL app.org_id = '{Ours}'; {Copy(Theirs)}"), Throws.TypeOf<PostgresException>().With.Message.Contains("row-level security"));
    }

    [TestCase(Ours)]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public async Task PublicRows_CannotBeChangedByAnOrganisation(string organisation)
    {
        object? changed = await AsApplicationAsync(
            $"SET LOCAL app.org_id = '{organisation}'; WITH done AS (UPDATE techniques SET retired_at = now() RETURNING 1) SELECT count(*)::int FROM done");

        Assert.That(changed, Is.Zero);
    }

    private static string Copy(string organisation) =>
        "INSERT INTO techniques (org_id, id, family, apply_mode, intents, content, search, words, heading, updated_at) "
        + $"SELECT '{organisation}', 'ours', family, apply_mode, intents, content, search, words, heading, updated_at FROM techniques WHERE id = 'react'";

    // Rolled back: the last statement's answer is all that stays.
    private static async Task<object?> AsApplicationAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(CatalogFixture.Catalog.Host.Database.AppConnectionString + ";Pooling=false");
        await connection.OpenAsync().WithinAsync();
        await using var transaction = await connection.BeginTransactionAsync().WithinAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return await command.ExecuteScalarAsync().WithinAsync();
    }
}
