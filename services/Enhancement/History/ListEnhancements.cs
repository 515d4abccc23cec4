using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.History;

/// <summary>The organisation's history, newest first.</summary>
internal sealed class ListEnhancements(TenantDatabase database, PromptCipher cipher)
{
    /// <summary>Answers GET /v1/enhancements.</summary>
    public async Task<ListEnhancementsResponse> HandleAsync(ListEnhancementsRequest request, ServerCallContext call)
    {
        int limit = TextRules.PageSize(request.Limit);
        var before = Cursor.ReadId(request.Cursor);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        // One more than asked for tells whether there is another page.
        var rows = await EnhancementRows.ListAsync(transaction, before, limit + 1, call.CancellationToken);
        var response = new ListEnhancementsResponse { HasMore = rows.Count > limit };
        foreach (var row in rows.Take(limit))
            response.Data.Add(Summary(await StoredEnhancements.OpenAsync(cipher, transaction.OrgId, row, call.CancellationToken)));
        if (response.HasMore)
            response.NextCursor = Cursor.Write(rows[limit - 1].Id.ToString("N"));
        return response;
    }

    private static EnhancementSummary Summary(EnhanceResponse enhancement)
    {
        var summary = new EnhancementSummary
        {
            Id = enhancement.Id,
            CreatedAt = enhancement.CreatedAt,
            Original = enhancement.Original,
            Enhanced = enhancement.Enhanced,
            Intent = enhancement.Analysis.Intent,
            Domain = enhancement.Analysis.Domain,
            Language = enhancement.Analysis.Language,
            ScoreBefore = enhancement.Scores.Before,
            ScoreAfter = enhancement.Scores.After,
            Degraded = enhancement.Degraded,
        };
        summary.Techniques.AddRange(enhancement.Applied.Select(a => a.TechniqueId));
        return summary;
    }
}
