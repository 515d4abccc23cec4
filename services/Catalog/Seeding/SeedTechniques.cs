using PromptPlatform.Catalog.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Seeding;

/// <summary>Brings the public techniques of the database to this version's seed. Repeating it, or running it from several processes at once, changes nothing more.</summary>
internal sealed class SeedTechniques(TechniqueSeed seed, TenantDatabase database, TimeProvider clock, ILogger<SeedTechniques> logger)
{
    public async Task HandleAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync(SeedRows.Purpose, cancellation);
        await SeedRows.LockAsync(transaction, cancellation);
        var found = await SeedRows.FindNewestAsync(transaction, cancellation);
        if (found is { } newest && newest.Revision > seed.Revision)
        {
            logger.NewerSeedFound(newest.Revision, seed.Revision);
            return;
        }
        if (found?.Hash == seed.Hash && found?.Revision == seed.Revision)
            return;
        var now = clock.GetUtcNow();
        int changed = await SeedRows.WriteAsync(transaction, seed.Techniques, now, cancellation);
        int retired = await SeedRows.RetireOthersAsync(transaction, seed.Techniques, now, cancellation);
        await SeedRows.NoteAsync(transaction, seed.Revision, seed.Hash, now, cancellation);
        await transaction.CommitAsync(cancellation);
        logger.Seeded(seed.Revision, changed, retired);
    }
}
