using Npgsql;
using PromptPlatform.Auth.Organizations;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>Rows of table organizations.</summary>
internal static class OrganizationRows
{
    private const string Columns = "org_id, name, is_operator, created_at";

    // Any constant that no other lock of this database has.
    private const long OperatorLock = 0x50_50_6f_70_72;

    /// <summary>Adds an organisation, and opens its first key to the rest of the transaction.</summary>
    public static void Insert(NpgsqlBatch batch, Organization organization)
    {
        batch.Add("SELECT set_config('app.platform', 'operator', true)");
        batch.Add(
            "INSERT INTO organizations (org_id, name, is_operator, created_at) VALUES ($1, $2, $3, $4)",
            organization.OrgId, organization.Name, organization.IsOperator, organization.CreatedAt);
    }

    /// <summary>Those that the transaction may see, the newest first; a transaction of the platform sees all.</summary>
    public static async Task<IReadOnlyList<Organization>> ListAsync(TenantTransaction transaction, Guid? before, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM organizations WHERE ($1 OR org_id = $2) AND ($3::uuid IS NULL OR org_id < $3::uuid) ORDER BY org_id DESC LIMIT $4",
            transaction.OrgId == Guid.Empty, transaction.OrgId, before, limit);
        return await ReadAsync(command, cancellation);
    }

    public static async Task<Organization?> FindAsync(TenantTransaction transaction, Guid orgId, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM organizations WHERE org_id = $1 AND ($2 OR org_id = $3)", orgId, transaction.OrgId == Guid.Empty, transaction.OrgId);
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The operator's organisation, locked against a second one; the transaction's purpose is operator.</summary>
    public static async Task<Organization?> FindOperatorAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using (var wait = transaction.Command("SELECT pg_advisory_xact_lock($1)", OperatorLock))
            await wait.ExecuteNonQueryAsync(cancellation);
        await using var command = transaction.Command($"SELECT {Columns} FROM organizations WHERE is_operator");
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<Organization>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<Organization>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(new Organization(reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return found;
    }
}
