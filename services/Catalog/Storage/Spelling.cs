using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Storage;

/// <summary>Corrects words to the catalogue's vocabulary.</summary>
internal static class Spelling
{
    // More words than a name has make a sentence, whose single typos matter less.
    private const int MaxWords = 12;

    // Edits allowed: none below 3 letters, one below 5, else two. Nearest first, then the more common;
    // the same letters in another order count as one edit, where the plain distance of a swap is two.
    // MATERIALIZED: inlined, the stop word test would run for every word of the catalogue, and that takes most of the time.
    private const string Correct = """
        WITH asked AS MATERIALIZED (
            SELECT word, place, (SELECT string_agg(c, '' ORDER BY c) FROM regexp_split_to_table(word, '') AS c) AS letters,
                CASE WHEN length(word) < 3 OR numnode(plainto_tsquery('english', word)) = 0 THEN 0 WHEN length(word) < 5 THEN 1 ELSE 2 END AS edits
            FROM unnest($2::text[]) WITH ORDINALITY AS a (word, place)
        ),
        vocabulary AS MATERIALIZED (
            SELECT w AS word, count(*) AS uses FROM techniques t, unnest(t.words) AS w
            WHERE (t.org_id IS NULL OR t.org_id = $1) AND t.retired_at IS NULL AND length(w) BETWEEN 3 AND 60
            GROUP BY w
        )
        SELECT string_agg(coalesce(nearest.word, asked.word), ' ' ORDER BY asked.place) FROM asked
        LEFT JOIN LATERAL (
            SELECT v.word FROM vocabulary v
            WHERE asked.edits > 0 AND abs(length(v.word) - length(asked.word)) <= asked.edits AND levenshtein_less_equal(asked.word, v.word, asked.edits) <= asked.edits
            ORDER BY levenshtein(asked.word, v.word) - (asked.letters = (SELECT string_agg(c, '' ORDER BY c) FROM regexp_split_to_table(v.word, '') AS c))::int, v.uses DESC, similarity(asked.word, v.word) DESC, v.word LIMIT 1
        ) AS nearest ON true
        """;

    /// <summary>The words with their spelling corrected, parted by blanks; a word without a near one stays. Empty when there are too many.</summary>
    public static async Task<string> CorrectAsync(TenantTransaction transaction, string[] words, CancellationToken cancellation)
    {
        // 60: longer ones are no words, and the edit distance grows with the product of the lengths.
        if (words.Length is 0 or > MaxWords || words.Any(w => w.Length > 60))
            return "";
        await using var command = transaction.Command(Correct, transaction.OrgId, words);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
