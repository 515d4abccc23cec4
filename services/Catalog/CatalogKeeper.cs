using Npgsql;
using PromptPlatform.Catalog.Seeding;
using PromptPlatform.Catalog.Snapshots;

namespace PromptPlatform.Catalog;

/// <summary>Seeds once, then looks every second for changes. While the database is away it tries again; readers keep the last snapshot.</summary>
internal sealed class CatalogKeeper(SeedTechniques seed, TakeSnapshot take, TimeProvider clock, ILogger<CatalogKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool seeded = false;
        using var timer = new PeriodicTimer(s_pause, clock);
        do
        {
            try
            {
                if (!seeded)
                    await seed.HandleAsync(stoppingToken);
                seeded = true;
                await take.HandleAsync(stoppingToken);
            }
            catch (NpgsqlException error)
            {
                logger.TechniquesAway(s_pause, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
