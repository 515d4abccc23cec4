using Npgsql;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>Positional parameters for commands and batches.</summary>
public static class SqlParameters
{
    /// <summary>Adds a command with positional parameters ($1, $2, …) to a batch.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params object?[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object? value in parameters)
            command.Parameters.Add(Of(value));
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>
    /// A positional parameter. <see langword="null"/> becomes SQL NULL; strings are text; a <see cref="Jsonb"/> is jsonb.
    /// </summary>
    internal static NpgsqlParameter Of(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        Jsonb json => new NpgsqlParameter { Value = json.Text, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb },
        // timestamptz takes UTC only.
        DateTimeOffset at => new NpgsqlParameter { Value = at.ToUniversalTime() },
        _ => new NpgsqlParameter { Value = value },
    };
}

/// <summary>JSON text bound as jsonb.</summary>
public readonly record struct Jsonb(string Text);
