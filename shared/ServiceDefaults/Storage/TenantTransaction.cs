using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>One transaction of one organisation (or of the platform, then <see cref="OrgId"/> is empty). Rolled back unless committed.</summary>
public sealed class TenantTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    internal TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid orgId)
    {
        _connection = connection;
        _transaction = transaction;
        OrgId = orgId;
    }

    /// <summary>The organisation whose rows can be seen and written.</summary>
    public Guid OrgId { get; }

    /// <summary>A command in this transaction with positional parameters ($1, $2, …).</summary>
    public NpgsqlCommand Command(string sql, params object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (object? value in parameters)
            command.Parameters.Add(SqlParameters.Of(value));
        return command;
    }

    /// <summary>An empty batch in this transaction: several commands, one round trip.</summary>
    public NpgsqlBatch Batch() => new(_connection, _transaction);

    /// <summary>Makes everything durable.</summary>
    public Task CommitAsync(CancellationToken cancellation) => _transaction.CommitAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
