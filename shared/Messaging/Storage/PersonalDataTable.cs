using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Storage;

/// <summary>A table whose rows are exported as they are and erased by deletion. All names come from our own code, none from a request.</summary>
/// <param name="table">Its name, which is also the name of the data. It has a column <c>org_id</c>.</param>
/// <param name="key">Columns with their types that name a row within its organisation, in the order of an index: <c>("at", "timestamptz")</c>.</param>
/// <param name="ofActor">The condition under which a row is of the actor $2 (the organisation is $1); null: rows belong to the organisation as a whole.</param>
/// <param name="hidden">Columns that are not exported: secrets, and what only repeats others.</param>
public sealed class PersonalDataTable(string table, (string Column, string Type)[] key, string? ofActor = null, params string[] hidden) : PersonalDataSource(table)
{
    private const int PageRows = 500;

    private string Keys => string.Join(", ", key.Select(k => k.Column));

    private string OfSubject => ofActor is null ? "" : $" AND ($2 = '' OR {ofActor})";

    /// <inheritdoc/>
    public override async Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation)
    {
        if (ofActor is null && !subject.IsWhole)
            return ExportPage.Empty;
        string after = string.Join(", ", key.Select((k, i) => $"($3::text[])[{i + 1}]::{k.Type}"));
        var rows = new List<string>();
        string[]? last = null;
        await using var command = transaction.Command(
            $"""
            SELECT (to_jsonb(t) - $4)::text, ARRAY[{string.Join(", ", key.Select(k => k.Column + "::text"))}] FROM {What} t
            WHERE org_id = $1 AND $2::text IS NOT NULL{OfSubject} AND ($3::text[] IS NULL OR ({Keys}) > ({after})) ORDER BY {Keys} LIMIT {PageRows}
            """,
            transaction.OrgId, subject.Actor, cursor, hidden);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(row.GetString(0));
            last = row.GetFieldValue<string[]>(1);
        }
        return new ExportPage(rows, rows.Count < PageRows ? null : last);
    }

    /// <inheritdoc/>
    public override async Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation)
    {
        if (ofActor is null && !subject.IsWhole)
            return 0;
        // A row of a partitioned table is named by its partition and its place there.
        await using var command = transaction.Command(
            $"DELETE FROM {What} WHERE org_id = $1 AND (tableoid, ctid) IN (SELECT tableoid, ctid FROM {What} WHERE org_id = $1 AND $2::text IS NOT NULL{OfSubject} LIMIT $3)",
            transaction.OrgId, subject.Actor, limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
