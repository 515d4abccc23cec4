using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Revocations;

/// <summary>Reads the revocations that still matter: tokens and cached keys older than that have ended by themselves.</summary>
internal sealed class RevocationLog(TenantDatabase database, TimeProvider clock)
{
    /// <summary>Most revocations in one batch.</summary>
    public const int MaxBatch = 1000;

    private static readonly TimeSpan s_relevantFor = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_keepFor = TimeSpan.FromHours(1);

    /// <summary>What came after a number; empty when nothing did.</summary>
    public async Task<RevocationBatch> ReadAfterAsync(long after, int limit, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync("revocations", cancellation);
        var entries = await RevocationRows.ReadAfterAsync(transaction, after, clock.GetUtcNow() - s_relevantFor, limit, cancellation);
        return new RevocationBatch
        {
            Revocations = { entries.Select(e => new Revocation { Sequence = e.Sequence, Kind = e.Kind, Id = e.Id, RevokedAt = e.RevokedAt.ToTimestamp() }) },
            LastSequence = entries.Count > 0 ? entries[^1].Sequence : after,
        };
    }

    /// <summary>Where a reader goes on: at its number, or from the start when the number is not of this database, as after a restore.</summary>
    public async Task<long> StartAsync(long after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync("revocations", cancellation);
        return after >= 0 && after <= await RevocationRows.LastAsync(transaction, cancellation) ? after : 0;
    }

    /// <summary>Deletes what no reader can want any more.</summary>
    public async Task CleanAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync("revocations", cancellation);
        await RevocationRows.DeleteBeforeAsync(transaction, clock.GetUtcNow() - s_keepFor, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
