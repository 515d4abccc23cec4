using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>
/// Applies the numbered SQL files (embedded resources, <c>0000_platform.sql</c> first) that the database does not have yet,
/// one transaction each, under an advisory lock so that only one process migrates. Changes are expand/contract only.
/// </summary>
public sealed class Migrator(string ownerConnection, string appRole, IReadOnlyList<Assembly> sources, ILogger<Migrator> logger)
{
    // Any constant: all processes of all services use the same, each in its own database.
    private const long LockId = 0x50_50_6d_69_67;

    /// <summary>Applies what is missing; answers how many files were applied.</summary>
    public async Task<int> ApplyAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ownerConnection);
        await connection.OpenAsync(cancellation);
        await RunAsync(connection, $"SELECT pg_advisory_lock({LockId})", cancellation);
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())", cancellation);
        var applied = await AppliedAsync(connection, cancellation);
        int count = 0;
        foreach (var (name, sql) in Files().Where(f => !applied.Contains(f.Name)))
        {
            var watch = Stopwatch.StartNew();
            await ApplyAsync(connection, name, sql, cancellation);
            logger.MigrationApplied(name, watch.ElapsedMilliseconds);
            count++;
        }
        return count;
    }

    /// <summary>The names of the files that the database does not have yet.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ownerConnection);
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_migrations') IS NOT NULL", connection);
        var applied = (bool)(await exists.ExecuteScalarAsync(cancellation))! ? await AppliedAsync(connection, cancellation) : [];
        return Files().Select(f => f.Name).Where(n => !applied.Contains(n)).ToArray();
    }

    private async Task ApplyAsync(NpgsqlConnection connection, string name, string sql, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // A migration that cannot have its lock soon must not queue everybody else behind it.
        await RunAsync(connection, "SET LOCAL lock_timeout = '2s'", cancellation);
        await RunAsync(connection, sql.Replace("${app_role}", QuoteIdentifier(appRole), StringComparison.Ordinal), cancellation);
        await using var mark = new NpgsqlCommand("INSERT INTO schema_migrations (name) VALUES ($1)", connection, transaction);
        mark.Parameters.Add(SqlParameters.Of(name));
        await mark.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private IEnumerable<(string Name, string Sql)> Files() => sources
        .Distinct()
        .SelectMany(assembly => assembly.GetManifestResourceNames().Select(resource => (assembly, resource)))
        .Where(f => f.resource.EndsWith(".sql", StringComparison.Ordinal))
        .OrderBy(f => f.resource, StringComparer.Ordinal)
        .Select(f => (f.resource, Read(f.assembly, f.resource)));

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static async Task<HashSet<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("SELECT name FROM schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string QuoteIdentifier(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
