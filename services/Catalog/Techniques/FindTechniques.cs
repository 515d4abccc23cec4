using PromptPlatform.Catalog.Storage;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>
/// Lists techniques by text and filters. Text is tried as it stands; when it matches nothing at all, with its spelling
/// corrected; when that matches nothing either, by the likeness of headings.
/// </summary>
internal sealed class FindTechniques(TenantDatabase database)
{
    private const string Engine = "postgresql";

    public async Task<ListTechniquesResponse> HandleAsync(ListTechniquesRequest request, Guid orgId, CancellationToken cancellation)
    {
        var query = TechniqueQuery.Of(request);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        return ToMessage(query, await FindAsync(transaction, query, cancellation));
    }

    private static async Task<TechniqueHits> FindAsync(TenantTransaction transaction, TechniqueQuery query, CancellationToken cancellation)
    {
        var hits = await TechniqueSearch.FindAsync(transaction, query, query.Text, SearchMode.Words, cancellation);
        if (hits.TextMatches)
            return hits;
        string corrected = await Spelling.CorrectAsync(transaction, SearchText.WordsOf(query.Text), cancellation);
        if (corrected.Length > 0)
            hits = await TechniqueSearch.FindAsync(transaction, query, corrected, SearchMode.Words, cancellation);
        return hits.TextMatches ? hits : await TechniqueSearch.FindAsync(transaction, query, query.Text, SearchMode.Likeness, cancellation);
    }

    private static ListTechniquesResponse ToMessage(TechniqueQuery query, TechniqueHits hits)
    {
        var page = hits.Found.Take(query.Limit).ToList();
        var response = new ListTechniquesResponse
        {
            Data = { page.Select(h => h.Technique.ToMessage()) },
            HasMore = hits.Found.Count > query.Limit,
            Facets = new Facets(),
            SearchEngine = Engine,
        };
        if (response.HasMore)
            response.NextCursor = page[^1].Place.ToCursor(query.Fingerprint());
        response.Facets.Family.AddRange(hits.FacetsOf("family"));
        response.Facets.Intent.AddRange(hits.FacetsOf("intent"));
        response.Facets.ApplyMode.AddRange(hits.FacetsOf("apply_mode"));
        return response;
    }
}
