using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Learning;

/// <summary>How well techniques work for an organisation, with everything that the figure stands on.</summary>
internal sealed class ListEffectiveness(OrganizationBeliefs beliefs)
{
    /// <summary>Answers GET /v1/learning/effectiveness.</summary>
    public async Task<ListEffectivenessResponse> HandleAsync(ListEffectivenessRequest request, Guid orgId, CancellationToken cancellation)
    {
        var query = EffectivenessQuery.Of(request);
        var known = await beliefs.ListAsync(orgId, cancellation);
        var usual = known.Where(e => e.Cell.Technique == LearningCell.Usual).ToDictionary(e => (e.Cell.Intent, e.Cell.Target));
        var wanted = known.Where(e => query.Wants(e.Cell)).Take(query.Limit + 1).ToList();
        var page = wanted.Take(query.Limit).ToList();
        var response = new ListEffectivenessResponse { HasMore = wanted.Count > query.Limit };
        response.Data.AddRange(page.Select(e => LearningMapping.ToEffectiveness(e, usual[(e.Cell.Intent, e.Cell.Target)])));
        if (response.HasMore)
            response.NextCursor = Cursor.Write(EffectivenessQuery.PlaceOf(page[^1].Cell));
        return response;
    }
}
