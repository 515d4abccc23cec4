using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Export;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Reads table events as it was at one moment, page by page. A statement has seconds, an export may take minutes: each page is a statement of its own.</summary>
internal static class ExportCursor
{
    private const int PageSize = 2_000;

    /// <summary>Opens the cursor; it lives as long as the transaction.</summary>
    public static async Task OpenAsync(TenantTransaction transaction, TimeBuckets days, string name, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            """
            DECLARE export NO SCROLL CURSOR FOR SELECT event_id, name, actor, at, properties::text FROM events
            WHERE org_id = $1 AND at >= $2 AND at < $3 AND ($4 = '' OR name = $4)
            """,
            transaction.OrgId, days.Bounds[0].UtcDateTime, days.Bounds[^1].UtcDateTime, name);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The next page; empty behind the last.</summary>
    public static async Task<IReadOnlyList<ExportedEvent>> ReadAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        var page = new List<ExportedEvent>(PageSize);
        await using var command = transaction.Command($"FETCH {PageSize} FROM export");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            page.Add(new ExportedEvent(reader.GetGuid(0), reader.GetString(1), await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetString(2), reader.GetDateTime(3), reader.GetString(4)));
        return page;
    }
}
