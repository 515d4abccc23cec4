using Npgsql;
using PromptPlatform.Enhancement.Requests;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Storage;

/// <summary>One stored enhancement; the answer is encrypted.</summary>
internal sealed record EnhancementRow(Guid Id, byte[] Answer);

/// <summary>Rows of table enhancements.</summary>
internal static class EnhancementRows
{
    /// <summary>What binds an encrypted answer to its place.</summary>
    public const string AnswerPlace = "enhancements.answer";

    public static void Insert(NpgsqlBatch batch, DecidedEnhancement decided) => batch.Add(
        """
        INSERT INTO enhancements (org_id, enhancement_id, created_at, intent, domain, language, techniques, score_before, score_after, degraded, answer, actor, end_user_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        decided.OrgId, decided.Id, decided.At, decided.Response.Analysis.Intent, decided.Response.Analysis.Domain, decided.Response.Analysis.Language,
        decided.Response.Applied.Select(a => a.TechniqueId).ToArray(), decided.Response.Scores.Before, decided.Response.Scores.After, decided.Response.Degraded, decided.Answer,
        decided.Person.Actor, decided.Person.EndUserHash);

    public static async Task<EnhancementRow?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "SELECT enhancement_id, answer FROM enhancements WHERE org_id = $1 AND enhancement_id = $2", transaction.OrgId, id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Newest first, older than <paramref name="before"/> (ids are ordered by time); of one person, or of all.</summary>
    public static async Task<IReadOnlyList<EnhancementRow>> ListAsync(TenantTransaction transaction, Guid? before, int limit, CancellationToken cancellation, EnhancementPerson? person = null)
    {
        var rows = new List<EnhancementRow>(limit);
        await using var command = transaction.Command(
            $"SELECT enhancement_id, answer FROM enhancements WHERE org_id = $1 AND ($2::uuid IS NULL OR enhancement_id < $2) {(person is null ? "" : "AND (actor = $4 OR end_user_hash = $5)")} ORDER BY enhancement_id DESC LIMIT $3",
            person is null ? [transaction.OrgId, before, limit] : [transaction.OrgId, before, limit, person.Actor, person.EndUserHash]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(Read(reader));
        return rows;
    }

    /// <summary>Deletes the enhancement, its feedback and every stored answer about it.</summary>
    public static async Task<bool> DeleteAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = transaction.Command("DELETE FROM enhancements WHERE org_id = $1 AND enhancement_id = $2", transaction.OrgId, id);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
            return false;
        await using var batch = transaction.Batch();
        batch.EraseAnswersOf(transaction.OrgId, id);
        await batch.ExecuteNonQueryAsync(cancellation);
        return true;
    }

    private static EnhancementRow Read(NpgsqlDataReader reader) => new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
}
