using Google.Protobuf;
using PromptPlatform.Enhancement.History;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Storage;

/// <summary>Enhancements for export, decrypted and as the API shows them, and for erasure.</summary>
internal sealed class EnhancementData(PromptCipher cipher) : PersonalDataSource("enhancements")
{
    // Texts are long.
    private const int PageRows = 50;

    public override async Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation)
    {
        var rows = await EnhancementRows.ListAsync(transaction, cursor is null ? null : Guid.Parse(cursor[0]), PageRows, cancellation, EnhancementPerson.Of(subject));
        var lines = new List<string>(rows.Count);
        foreach (var row in rows)
            lines.Add(JsonFormatter.Default.Format(await StoredEnhancements.OpenAsync(cipher, transaction.OrgId, row, cancellation)));
        return new ExportPage(lines, rows.Count < PageRows ? null : [rows[^1].Id.ToString()]);
    }

    public override async Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation)
    {
        if (EnhancementPerson.Of(subject) is { } person)
        {
            // One by one: the answers stored for repeated requests go with them.
            var rows = await EnhancementRows.ListAsync(transaction, before: null, limit, cancellation, person);
            foreach (var row in rows)
                await EnhancementRows.DeleteAsync(transaction, row.Id, cancellation);
            return rows.Count;
        }
        await using var command = transaction.Command(
            "DELETE FROM enhancements WHERE org_id = $1 AND enhancement_id IN (SELECT enhancement_id FROM enhancements WHERE org_id = $1 LIMIT $2)", transaction.OrgId, limit);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
