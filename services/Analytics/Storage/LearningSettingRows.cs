using Npgsql;
using PromptPlatform.Analytics.Learning;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table learning_settings.</summary>
internal static class LearningSettingRows
{
    private const string Columns = "personalization, reset_at, updated_at, updated_by";

    /// <summary>The organisation's choice; the default where it made none.</summary>
    public static async Task<LearningChoice> FindAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM learning_settings WHERE org_id = $1", transaction.OrgId);
        return await ReadAsync(command, cancellation) ?? LearningChoice.Default;
    }

    /// <summary>Switches personalisation.</summary>
    public static async Task<LearningChoice> SwitchAsync(TenantTransaction transaction, bool personalization, DateTimeOffset now, string who, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"""
            INSERT INTO learning_settings (org_id, personalization, updated_at, updated_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT (org_id) DO UPDATE SET personalization = excluded.personalization, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            RETURNING {Columns}
            """,
            transaction.OrgId, personalization, now, who);
        return (await ReadAsync(command, cancellation))!;
    }

    /// <summary>Lets enhancements made until now count no more. A reset never goes back before another.</summary>
    public static async Task<LearningChoice> ResetAsync(TenantTransaction transaction, DateTimeOffset now, string who, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"""
            INSERT INTO learning_settings AS l (org_id, reset_at, updated_at, updated_by) VALUES ($1, $2, $2, $3)
            ON CONFLICT (org_id) DO UPDATE SET reset_at = greatest(l.reset_at, excluded.reset_at), updated_at = excluded.updated_at, updated_by = excluded.updated_by
            RETURNING {Columns}
            """,
            transaction.OrgId, now, who);
        return (await ReadAsync(command, cancellation))!;
    }

    /// <summary>Those of these organisations that switched personalisation on; in a transaction of the platform.</summary>
    public static async Task<HashSet<Guid>> ListOnAsync(TenantTransaction transaction, Guid[] organizations, CancellationToken cancellation)
    {
        var found = new HashSet<Guid>();
        await using var command = transaction.Command("SELECT org_id FROM learning_settings WHERE personalization AND org_id = ANY($1)", organizations);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetGuid(0));
        return found;
    }

    private static async Task<LearningChoice?> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new LearningChoice(reader.GetBoolean(0), await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3))
            : null;
    }
}
