using System.Security.Cryptography;
using Google.Protobuf;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Learning;

/// <summary>What organisations have learned, for Enhancement to keep in memory. Those that would not fit into one answer are left for the next.</summary>
internal sealed class FindLearningSnapshots(TenantDatabase database, OrganizationBeliefs beliefs)
{
    private const int MaxOrganizations = 100;
    private const int MaxShares = 4_000;

    // A share has about 100 bytes, a message at most 4 MiB.
    private const int MaxSharesOfAnswer = 16_000;

    /// <summary>Answers the newest snapshot of each organisation, without its shares where its version is the known one.</summary>
    public async Task<FindLearningSnapshotsResponse> HandleAsync(FindLearningSnapshotsRequest request, CancellationToken cancellation)
    {
        if (request.Organizations.Count is 0 or > MaxOrganizations)
            throw RequestException.Invalid("organizations", $"has {request.Organizations.Count} entries; send 1 to {MaxOrganizations}");
        var wanted = request.Organizations.Select((known, i) => (Id: IdOf(known, i), Known: known)).ToList();
        var on = await ListOnAsync([.. wanted.Select(w => w.Id)], cancellation);
        var response = new FindLearningSnapshotsResponse();
        int shares = 0;
        foreach (var (id, known) in wanted)
        {
            if (shares > MaxSharesOfAnswer - MaxShares)
                break;
            var snapshot = on.Contains(id) ? await TakeAsync(id, known, cancellation) : new OrganizationSnapshot { OrganizationId = known.OrganizationId };
            shares += snapshot.Shares.Count;
            response.Organizations.Add(snapshot);
        }
        return response;
    }

    private async Task<HashSet<Guid>> ListOnAsync(Guid[] organizations, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync(CreditRows.Purpose, cancellation);
        return await LearningSettingRows.ListOnAsync(transaction, organizations, cancellation);
    }

    private async Task<OrganizationSnapshot> TakeAsync(Guid id, KnownSnapshot known, CancellationToken cancellation)
    {
        var snapshot = new OrganizationSnapshot { OrganizationId = known.OrganizationId, Personalization = true };
        var learned = await beliefs.ListAsync(id, cancellation);
        var evidence = TechniquePriors.Known.Append(LearningCell.Usual).Select(t => Effectiveness.Of(new LearningCell(t, "", ""), default, common: null)).ToList();
        snapshot.Shares.AddRange(learned.OrderByDescending(e => e.Own.Outcomes).Take(MaxShares - evidence.Count).Concat(evidence).Select(LearningMapping.ToShare));
        // Shares come in one order and hold no maps, so equal content gives equal bytes.
        snapshot.Version = "lrn_" + Convert.ToHexStringLower(SHA256.HashData(snapshot.ToByteArray()).AsSpan(0, 8));
        if (snapshot.Version == known.Version)
        {
            snapshot.Unchanged = true;
            snapshot.Shares.Clear();
        }
        return snapshot;
    }

    private static Guid IdOf(KnownSnapshot known, int index) =>
        Guid.TryParseExact(known.OrganizationId, "N", out var id) ? id : throw RequestException.Invalid($"organizations/{index}/organizationId", "is no id of an organisation: send 32 hexadecimal digits");
}
