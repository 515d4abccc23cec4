using Npgsql;
using NpgsqlTypes;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>
/// The service's database as its application role. Every statement runs in a transaction that carries the organisation
/// (<c>SET LOCAL app.org_id</c>), on which forced row-level security stands; queries filter on org_id as well.
/// </summary>
public sealed class TenantDatabase(NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>Begins a transaction of one organisation; nothing is kept unless it is committed.</summary>
    public Task<TenantTransaction> BeginAsync(Guid orgId, CancellationToken cancellation) =>
        OpenAsync("SELECT set_config('app.org_id', $1, true)", orgId.ToString(), orgId, cancellation);

    /// <summary>
    /// Begins a transaction of the platform itself, for work that crosses organisations.
    /// <paramref name="purpose"/> is one that the policies name: <c>dispatch</c> or <c>housekeeping</c>, or one of the service's own migrations.
    /// </summary>
    public Task<TenantTransaction> BeginPlatformAsync(string purpose, CancellationToken cancellation) =>
        OpenAsync("SELECT set_config('app.platform', $1, true)", purpose, Guid.Empty, cancellation);

    /// <summary>
    /// Runs all commands that <paramref name="write"/> adds in one round trip and one transaction: all of them happen or none.
    /// </summary>
    /// <returns>How many rows were touched.</returns>
    public async Task<int> ExecuteAsync(Guid orgId, Action<NpgsqlBatch> write, CancellationToken cancellation)
    {
        await using var batch = source.CreateBatch();
        // A batch without an explicit transaction is one implicit transaction, so the local setting covers exactly its commands.
        batch.Add("SELECT set_config('app.org_id', $1, true)", orgId.ToString());
        write(batch);
        return Math.Max(0, await batch.ExecuteNonQueryAsync(cancellation));
    }

    /// <summary>Answers when the database can be reached.</summary>
    public async Task PingAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<TenantTransaction> OpenAsync(string setting, string value, Guid orgId, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var command = new NpgsqlCommand(setting, connection, transaction);
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync(cancellation);
            return new TenantTransaction(connection, transaction, orgId);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
