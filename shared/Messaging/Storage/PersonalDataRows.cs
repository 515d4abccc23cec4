using System.Text.Json;
using Npgsql;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>Rows of tables personal_data_jobs and personal_data_parts.</summary>
internal static class PersonalDataRows
{
    /// <summary>The platform's purpose that sees which jobs are due.</summary>
    public const string Purpose = "personal-data";

    private const string Columns = "request_id, kind, subject, actor, source, cursor, found::text, parts, sweeps, next_run_at, finished_at";

    /// <summary>Adds the job of a request; a second one for the same request changes nothing.</summary>
    public static async Task AddAsync(TenantTransaction transaction, PersonalDataJob job, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            INSERT INTO personal_data_jobs (org_id, request_id, kind, subject, actor, next_run_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
            ON CONFLICT DO NOTHING
            """,
            transaction.OrgId, job.RequestId, job.Kind, job.Subject, job.Actor, job.NextRunAt);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Jobs that are due, over all organisations, the longest due first.</summary>
    public static async Task<IReadOnlyList<(Guid OrgId, Guid RequestId)>> DueAsync(TenantTransaction transaction, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var due = new List<(Guid, Guid)>();
        await using var command = transaction.Command("SELECT org_id, request_id FROM personal_data_jobs WHERE next_run_at <= $1 ORDER BY next_run_at LIMIT $2", now, limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            due.Add((row.GetGuid(0), row.GetGuid(1)));
        return due;
    }

    public static async Task<PersonalDataJob?> FindAsync(TenantTransaction transaction, Guid requestId, CancellationToken cancellation)
    {
        await using var command = transaction.Command($"SELECT {Columns} FROM personal_data_jobs WHERE org_id = $1 AND request_id = $2", transaction.OrgId, requestId);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>The job, kept from others until the transaction ends; null while another replica is at it.</summary>
    public static async Task<PersonalDataJob?> TryLockAsync(TenantTransaction transaction, Guid requestId, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM personal_data_jobs WHERE org_id = $1 AND request_id = $2 FOR UPDATE SKIP LOCKED", transaction.OrgId, requestId);
        return await ReadAsync(command, cancellation);
    }

    public static void Save(NpgsqlBatch batch, Guid orgId, PersonalDataJob job) => batch.Add(
        """
        UPDATE personal_data_jobs SET source = $3, cursor = $4, found = $5, parts = $6, sweeps = $7, next_run_at = $8, finished_at = $9
        WHERE org_id = $1 AND request_id = $2
        """,
        orgId, job.RequestId, job.Source, job.Cursor, new Jsonb(JsonSerializer.Serialize(job.Found)), job.Parts, job.Sweeps, job.NextRunAt, job.FinishedAt);

    /// <summary>Deletes the job with its parts.</summary>
    public static void Delete(NpgsqlBatch batch, Guid orgId, Guid requestId) =>
        batch.Add("DELETE FROM personal_data_jobs WHERE org_id = $1 AND request_id = $2", orgId, requestId);

    public static void AddPart(NpgsqlBatch batch, Guid orgId, Guid requestId, int part, byte[] content) =>
        batch.Add("INSERT INTO personal_data_parts (org_id, request_id, part, content) VALUES ($1, $2, $3, $4)", orgId, requestId, part, content);

    /// <summary>One part of an export; null when it was erased.</summary>
    public static async Task<byte[]?> PartAsync(TenantTransaction transaction, Guid requestId, int part, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT content FROM personal_data_parts WHERE org_id = $1 AND request_id = $2 AND part = $3", transaction.OrgId, requestId, part);
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Erases exports that hold data of a subject: its own and those of the organisation as a whole.</summary>
    public static async Task<int> ErasePartsAsync(TenantTransaction transaction, byte[] subject, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            DELETE FROM personal_data_parts WHERE ctid IN (
                SELECT p.ctid FROM personal_data_parts p JOIN personal_data_jobs j USING (org_id, request_id)
                WHERE p.org_id = $1 AND (octet_length($2) = 0 OR j.subject = $2 OR octet_length(j.subject) = 0) LIMIT $3)
            """,
            transaction.OrgId, subject, limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Erases the answers kept for idempotent replay.</summary>
    public static async Task<int> EraseAnswersAsync(TenantTransaction transaction, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "UPDATE idempotency_keys SET answer = NULL WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE org_id = $1 AND answer IS NOT NULL LIMIT $2)", transaction.OrgId, limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<PersonalDataJob?> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        return new PersonalDataJob(
            row.GetGuid(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3), row.GetInt32(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<string[]>(5), JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(6))!, row.GetInt32(7), row.GetInt32(8),
            row.GetFieldValue<DateTimeOffset>(9), row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10));
    }
}
