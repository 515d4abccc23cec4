using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>Rows of Auth whose names may be those of people. They are exported as they are; an erasure keeps the row, for the record of who could do what, without its name.</summary>
/// <param name="table"><c>organizations</c> or <c>api_keys</c>.</param>
/// <param name="key">Its key.</param>
internal sealed class NamedRows(string table, string key) : PersonalDataSource(table)
{
    private const int PageRows = 500;
    private const string Erased = "erased";

    public override async Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation)
    {
        if (!subject.IsWhole)
            return ExportPage.Empty;
        var rows = new List<string>();
        string last = "";
        await using var command = transaction.Command(
            $"SELECT (to_jsonb(t) - 'secret_sha256')::text, {key}::text FROM {What} t WHERE org_id = $1 AND ($2::uuid IS NULL OR {key} > $2::uuid) ORDER BY {key} LIMIT {PageRows}",
            transaction.OrgId, cursor is null ? null : Guid.Parse(cursor[0]));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(row.GetString(0));
            last = row.GetString(1);
        }
        return new ExportPage(rows, rows.Count < PageRows ? null : [last]);
    }

    public override async Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation)
    {
        if (!subject.IsWhole)
            return 0;
        await using var command = transaction.Command(
            $"UPDATE {What} SET name = $2 WHERE {key} IN (SELECT {key} FROM {What} WHERE org_id = $1 AND name <> $2 LIMIT $3)", transaction.OrgId, Erased, limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
