using System.Text.Json;
using PromptPlatform.Catalog.Techniques;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Storage;

/// <summary>The public rows of table techniques and the notes about the seed they came from.</summary>
internal static class SeedRows
{
    /// <summary>The purpose of a platform transaction that may write public techniques.</summary>
    public const string Purpose = "seed";

    // Any constant: it only has to differ from other advisory locks of this database.
    private const long LockId = 0x43_61_74_53;

    private const string Upsert = """
        INSERT INTO techniques (org_id, id, family, apply_mode, intents, content, search, words, heading, updated_at)
        VALUES (NULL, $1, $2, $3, $4, $5,
            setweight(to_tsvector('english', $6), 'A') || setweight(to_tsvector('english', $7), 'B') || setweight(to_tsvector('english', $8), 'C'), $9, $10, $11)
        ON CONFLICT (org_id, id) DO UPDATE SET
            family = excluded.family, apply_mode = excluded.apply_mode, intents = excluded.intents, content = excluded.content, search = excluded.search,
            words = excluded.words, heading = excluded.heading, updated_at = excluded.updated_at, retired_at = NULL
        WHERE (techniques.content, techniques.search, techniques.words, techniques.heading) IS DISTINCT FROM
            (excluded.content, excluded.search, excluded.words, excluded.heading) OR techniques.retired_at IS NOT NULL
        """;

    /// <summary>Waits until no other process seeds; held to the end of the transaction.</summary>
    public static async Task LockAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT pg_advisory_xact_lock($1)", LockId);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest edition that was written; null in a fresh database.</summary>
    public static async Task<(int Revision, string Hash)?> FindNewestAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await using var command = transaction.Command("SELECT revision, hash FROM catalog_seeds ORDER BY revision DESC, seeded_at DESC LIMIT 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt32(0), reader.GetString(1)) : null;
    }

    /// <summary>Writes the techniques that are new or differ; answers how many.</summary>
    public static async Task<int> WriteAsync(TenantTransaction transaction, IReadOnlyCollection<Technique> techniques, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = transaction.Batch();
        foreach (var technique in techniques)
        {
            var text = SearchText.Of(technique);
            batch.Add(
                Upsert, technique.Id, technique.Family, technique.ApplyMode, technique.Intents.ToArray(), new Jsonb(JsonSerializer.Serialize(technique, JsonSerializerOptions.Web)),
                text.Heading + " " + text.Acronym, text.Body, text.Tags, text.Words, text.Heading.ToLowerInvariant(), now);
        }
        return await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Retires the public techniques that the seed no longer has; answers how many.</summary>
    public static async Task<int> RetireOthersAsync(TenantTransaction transaction, IReadOnlyCollection<Technique> kept, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "UPDATE techniques SET retired_at = $1 WHERE org_id IS NULL AND retired_at IS NULL AND id <> ALL($2)", now, kept.Select(t => t.Id).ToArray());
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Notes that an edition was written.</summary>
    public static async Task NoteAsync(TenantTransaction transaction, int revision, string hash, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO catalog_seeds (revision, hash, seeded_at) VALUES ($1, $2, $3) ON CONFLICT (revision, hash) DO UPDATE SET seeded_at = excluded.seeded_at", revision, hash, now);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
