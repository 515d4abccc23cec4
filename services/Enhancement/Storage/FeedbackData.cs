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
        var ids = await ListAsync(transaction, cursor is null ? null : Guid.Parse(cursor[0]), EnhancementPerson.Of(subject), cancellation);
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
        var person = EnhancementPerson.Of(subject);
        await using var command = transaction.Command(
            $"DELETE FROM feedback WHERE org_id = $1 AND enhancement_id IN (SELECT enhancement_id FROM feedback WHERE org_id = $1 {Filter(person, 3)} LIMIT $2)",
            person is null ? [transaction.OrgId, limit] : [transaction.OrgId, limit, person.Actor, person.EndUserHash]);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<Guid>> ListAsync(TenantTransaction transaction, Guid? after, EnhancementPerson? person, CancellationToken cancellation)
    {
        var ids = new List<Guid>();
        await using var command = transaction.Command(
            $"SELECT enhancement_id FROM feedback WHERE org_id = $1 AND ($2::uuid IS NULL OR enhancement_id > $2::uuid) {Filter(person, 4)} ORDER BY enhancement_id LIMIT $3",
            person is null ? [transaction.OrgId, after, PageRows] : [transaction.OrgId, after, PageRows, person.Actor, person.EndUserHash]);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetGuid(0));
        return ids;
    }

    // Feedback is the person's whose enhancement it judges.
    private static string Filter(EnhancementPerson? person, int first) => person is null ? ""
        : $"AND enhancement_id IN (SELECT enhancement_id FROM enhancements WHERE org_id = $1 AND (actor = ${first} OR end_user_hash = ${first + 1}))";
}
