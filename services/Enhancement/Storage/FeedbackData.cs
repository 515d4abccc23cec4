using Google.Protobuf;
using PromptPlatform.Enhancement.Feedback;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Storage;

/// <summary>Feedback for export, decrypted and as the API shows it, and for erasure.</summary>
internal sealed class FeedbackData(PromptCipher cipher) : PersonalDataSource("feedback")
{
    private const int PageRows = 100;

    public override async Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation)
    {
        if (!subject.IsWhole)
            return ExportPage.Empty;
        var ids = await ListAsync(transaction, cursor is null ? null : Guid.Parse(cursor[0]), cancellation);
        var lines = new List<string>(ids.Count);
        foreach (var id in ids)
        {
            if (await FeedbackRows.FindAsync(transaction, id, cancellation) is { } row)
                lines.Add(JsonFormatter.Default.Format(await cipher.ReadAsync(transaction.OrgId, row, cancellation)));
        }
        return new ExportPage(lines, ids.Count < PageRows ? null : [ids[^1].ToString()]);
    }

    public override async Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation)
    {
        if (!subject.IsWhole)
            return 0;
        await using var command = transaction.Command(
            "DELETE FROM feedback WHERE org_id = $1 AND enhancement_id IN (SELECT enhancement_id FROM feedback WHERE org_id = $1 LIMIT $2)", transaction.OrgId, limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<Guid>> ListAsync(TenantTransaction transaction, Guid? after, CancellationToken cancellation)
    {
        var ids = new List<Guid>();
        await using var command = transaction.Command(
            "SELECT enhancement_id FROM feedback WHERE org_id = $1 AND ($2::uuid IS NULL OR enhancement_id > $2::uuid) ORDER BY enhancement_id LIMIT $3", transaction.OrgId, after, PageRows);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetGuid(0));
        return ids;
    }
}
