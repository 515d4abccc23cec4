using System.Text.Json;
using Npgsql;
using PromptPlatform.Auth.DataRequests;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>Rows of tables data_requests and data_request_receipts.</summary>
internal static class DataRequestRows
{
    public const string ActorPlace = "data_requests.actor";

    private const string Columns =
        """
        r.request_id, r.kind, r.actor, r.services, r.created_at, r.done_at,
        coalesce((SELECT jsonb_agg(jsonb_build_object('service', p.service, 'doneAt', p.done_at, 'data', p.data) ORDER BY p.service)
            FROM data_request_receipts p WHERE p.org_id = r.org_id AND p.request_id = r.request_id), '[]')::text
        """;

    public static void Insert(NpgsqlBatch batch, Guid orgId, DataRequest request, byte[]? actor) => batch.Add(
        "INSERT INTO data_requests (org_id, request_id, kind, actor, services, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        orgId, request.Id, request.Kind, actor, request.Services, request.CreatedAt);

    /// <summary>Exports that are not done.</summary>
    public static async Task<int> OpenExportsAsync(TenantTransaction transaction, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT count(*)::int FROM data_requests WHERE org_id = $1 AND kind = 'export' AND done_at IS NULL AND created_at > $2", transaction.OrgId, since);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task<IReadOnlyList<DataRequest>> ListAsync(TenantTransaction transaction, Guid? before, int limit, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM data_requests r WHERE r.org_id = $1 AND ($2::uuid IS NULL OR r.request_id < $2::uuid) ORDER BY r.request_id DESC LIMIT $3",
            transaction.OrgId, before, limit);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>One that the transaction may see; a transaction of the platform sees all.</summary>
    public static async Task<DataRequest?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            $"SELECT {Columns} FROM data_requests r WHERE r.request_id = $1 AND ($2 OR r.org_id = $3)", id, transaction.OrgId == Guid.Empty, transaction.OrgId);
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>Keeps a receipt; with the last one the request is done, and an erased actor forgotten. A receipt for a request that is not there changes nothing.</summary>
    public static async Task AddReceiptAsync(TenantTransaction transaction, PersonalDataHandled receipt, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        // The receipts of two services at once must not each miss the other's.
        batch.Add("SELECT FROM data_requests WHERE org_id = $1 AND request_id = $2 FOR UPDATE", transaction.OrgId, receipt.RequestId);
        batch.Add(
            """
            INSERT INTO data_request_receipts (org_id, request_id, service, data, done_at)
            SELECT $1, $2, $3, $4, $5 FROM data_requests WHERE org_id = $1 AND request_id = $2 ON CONFLICT DO NOTHING
            """,
            transaction.OrgId, receipt.RequestId, receipt.Service, new Jsonb(JsonSerializer.Serialize(receipt.Data, JsonSerializerOptions.Web)), receipt.At);
        batch.Add(
            """
            UPDATE data_requests r SET done_at = p.last, actor = CASE WHEN r.kind = 'erasure' THEN NULL ELSE r.actor END
            FROM (SELECT max(done_at) AS last, array_agg(service) AS services FROM data_request_receipts WHERE org_id = $1 AND request_id = $2) p
            WHERE r.org_id = $1 AND r.request_id = $2 AND r.done_at IS NULL AND p.services @> r.services
            """,
            transaction.OrgId, receipt.RequestId);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Exports about an actor and who it is, encrypted, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<(Guid Id, byte[] Actor)>> ExportedActorsAsync(TenantTransaction transaction, Guid after, int limit, CancellationToken cancellation)
    {
        var found = new List<(Guid, byte[])>();
        await using var command = transaction.Command(
            "SELECT request_id, actor FROM data_requests WHERE org_id = $1 AND kind = 'export' AND actor IS NOT NULL AND request_id > $2 ORDER BY request_id LIMIT $3",
            transaction.OrgId, after, limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found.Add((row.GetGuid(0), row.GetFieldValue<byte[]>(1)));
        return found;
    }

    /// <summary>Leaves the requests without their actors.</summary>
    public static async Task ForgetActorsAsync(TenantTransaction transaction, Guid[] ids, CancellationToken cancellation)
    {
        await using var command = transaction.Command("UPDATE data_requests SET actor = NULL WHERE org_id = $1 AND request_id = ANY ($2)", transaction.OrgId, ids);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<DataRequest>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<DataRequest>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new DataRequest(row.GetGuid(0), row.GetString(1), row.GetFieldValue<string[]>(3), row.GetFieldValue<DateTimeOffset>(4))
            {
                Actor = row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2),
                DoneAt = row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
                Receipts = JsonSerializer.Deserialize<DataReceipt[]>(row.GetString(6), JsonSerializerOptions.Web)!,
            });
        }
        return found;
    }
}
