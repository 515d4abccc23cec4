using System.Security.Cryptography;
using Google.Protobuf;
using PromptPlatform.Catalog.Storage;
using PromptPlatform.Catalog.Techniques;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog.Snapshots;

/// <summary>Reads the public techniques anew when they have changed, and publishes them when their content differs.</summary>
internal sealed class TakeSnapshot(TenantDatabase database, SnapshotFeed feed, ILogger<TakeSnapshot> logger)
{
    private long _seen = -1;

    public async Task HandleAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(Guid.Empty, cancellation);
        // Counted before the techniques are read: a change between the two is seen next time.
        long changes = await TechniqueRows.CountChangesAsync(transaction, cancellation);
        if (changes == _seen)
            return;
        var snapshot = new TechniqueSnapshot();
        snapshot.Techniques.AddRange((await TechniqueRows.ListPublicAsync(transaction, cancellation)).Select(t => t.ToMessage()));
        // Techniques come in order of their ids and hold no maps, so equal content gives equal bytes.
        snapshot.Version = Convert.ToHexStringLower(SHA256.HashData(snapshot.ToByteArray()).AsSpan(0, 16));
        if (feed.Current?.Version != snapshot.Version)
        {
            feed.Publish(snapshot);
            logger.SnapshotTaken(snapshot.Version, snapshot.Techniques.Count);
        }
        _seen = changes;
    }
}
