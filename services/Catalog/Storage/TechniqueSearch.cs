using Npgsql;
using PromptPlatform.Catalog.Techniques;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Storage;

/// <summary>Full-text search with facets and keyset paging: one round trip.</summary>
internal static class TechniqueSearch
{
    // $1 organisation, $2 text, $3 the text as an id, $4 by likeness instead of words.
    // Scores: 10 for the technique that is named, else the rank below 2; rounded, so that a cursor can hold one exactly.
    private const string Matches = """
        WITH asked AS (SELECT websearch_to_tsquery('english', $2) AS words, lower($2) AS text),
        matches AS MATERIALIZED (
            SELECT t.id, t.family, t.apply_mode, t.intents, t.content, round((CASE
                WHEN $2 = '' THEN 0
                WHEN t.id = $3 OR lower(t.content->>'name') = asked.text THEN 10
                WHEN $4 THEN word_similarity(asked.text, t.heading) + similarity(asked.text, t.heading)
                ELSE ts_rank(t.search, asked.words, 1) + similarity(asked.text, t.heading) / 10
            END)::numeric, 6) AS score
            FROM techniques t, asked
            WHERE (t.org_id IS NULL OR t.org_id = $1) AND t.retired_at IS NULL
            AND CASE WHEN $2 = '' THEN true WHEN $4 THEN word_similarity(asked.text, t.heading) >= 0.5 ELSE t.search @@ asked.words OR t.id = $3 END
        )
        """;

    // $5 family, $6 intent, $7 apply mode; $8 score and $9 id of the last technique of the page before; $10 rows.
    private const string Page = Matches + """

        SELECT content::text, score, id FROM matches
        WHERE ($5 = '' OR family = $5) AND ($6 = '' OR $6 = ANY(intents)) AND ($7 = '' OR apply_mode = $7)
        AND ($9 = '' OR score < $8 OR (score = $8 AND id > $9))
        ORDER BY score DESC, id LIMIT $10
        """;

    private const string Facets = Matches + """
        , facets AS (
            SELECT 'family' AS facet, family AS value FROM matches WHERE ($6 = '' OR $6 = ANY(intents)) AND ($7 = '' OR apply_mode = $7)
            UNION ALL SELECT 'apply_mode', apply_mode FROM matches WHERE ($5 = '' OR family = $5) AND ($6 = '' OR $6 = ANY(intents))
            UNION ALL SELECT 'intent', unnest(intents) FROM matches WHERE ($5 = '' OR family = $5) AND ($7 = '' OR apply_mode = $7)
        )
        SELECT facet, value, count(*)::int FROM facets GROUP BY facet, value
        UNION ALL SELECT '', '', (SELECT count(*) FROM matches)::int
        """;

    public static async Task<TechniqueHits> FindAsync(TenantTransaction transaction, TechniqueQuery query, string text, SearchMode mode, CancellationToken cancellation)
    {
        object[] match = [transaction.OrgId, text, query.Slug, mode == SearchMode.Likeness];
        object[] filters = [query.Family, query.Intent, query.ApplyMode];
        await using var batch = transaction.Batch();
        batch.Add(Page, [.. match, .. filters, query.After?.Score ?? 0m, query.After?.Id ?? "", query.Limit + 1]);
        batch.Add(Facets, [.. match, .. filters]);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var found = await ReadPageAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var counts = await ReadCountsAsync(reader, cancellation);
        return new TechniqueHits(found, counts, TextMatches: text.Length == 0 || counts.Single(c => c.Facet.Length == 0).Count > 0);
    }

    private static async Task<List<TechniqueHit>> ReadPageAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var hits = new List<TechniqueHit>();
        while (await reader.ReadAsync(cancellation))
            hits.Add(new TechniqueHit(TechniqueRows.Read(reader.GetString(0)), new TechniquePlace(reader.GetDecimal(1), reader.GetString(2))));
        return hits;
    }

    private static async Task<List<(string Facet, string Value, int Count)>> ReadCountsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var counts = new List<(string, string, int)>();
        while (await reader.ReadAsync(cancellation))
            counts.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        return counts;
    }
}
