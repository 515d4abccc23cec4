using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>
/// The policies in force, in memory: read once per organisation and <see cref="EnhancementOptions.PolicyTtl"/>, at once where a change was written.
/// The database away: the last one known, else the product's; both say so.
/// </summary>
internal sealed class OrganizationPolicies(
    TenantDatabase database, PromptEnhancer product, IOptions<EnhancementOptions> options, TimeProvider clock, ILogger<OrganizationPolicies> logger)
{
    private const int MaxKept = 10_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, (OrganizationPolicy Policy, DateTimeOffset Until)> _kept = new();
    private readonly ConcurrentDictionary<Guid, Lazy<Task<OrganizationPolicy>>> _reading = new();

    /// <summary>The policy of an organisation; touches the database only when its time is over.</summary>
    public ValueTask<OrganizationPolicy> FindAsync(Guid orgId, CancellationToken cancellation) =>
        _kept.TryGetValue(orgId, out var kept) && kept.Until > clock.GetUtcNow() ? new(kept.Policy) : new(ReadOnceAsync(orgId, cancellation));

    /// <summary>Takes what was just written or read into force here; an older change never takes the place of a newer one.</summary>
    public OrganizationPolicy Remember(Guid orgId, OverlayRow? row)
    {
        var policy = OrganizationPolicy.Of(product, row);
        MakeRoom();
        var now = clock.GetUtcNow();
        var fresh = (policy, now + options.Value.PolicyTtl);
        return _kept.AddOrUpdate(orgId, fresh, (_, old) => old.Policy.Revision > policy.Revision && old.Until > now ? old : fresh).Policy;
    }

    // However many ask, one reads; nobody's leaving stops it.
    private async Task<OrganizationPolicy> ReadOnceAsync(Guid orgId, CancellationToken cancellation) =>
        await _reading.GetOrAdd(orgId, id => new(() => ReadAsync(id))).Value.WaitAsync(cancellation);

    private async Task<OrganizationPolicy> ReadAsync(Guid orgId)
    {
        using var patience = new CancellationTokenSource(s_patience, clock);
        try
        {
            await using var transaction = await database.BeginAsync(orgId, patience.Token);
            var rows = await OverlayRows.ListAsync(transaction, 1, patience.Token);
            return Remember(orgId, rows.Count > 0 ? rows[0] : null);
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            logger.OverlayUnread(error);
            var known = _kept.TryGetValue(orgId, out var kept) ? kept.Policy : OrganizationPolicy.Of(product, null);
            var stale = known with { IsStale = true };
            _kept[orgId] = (stale, clock.GetUtcNow() + s_retry);
            return stale;
        }
        finally
        {
            _reading.TryRemove(orgId, out _);
        }
    }

    // The tenth that was read longest ago goes.
    private void MakeRoom()
    {
        if (_kept.Count < MaxKept)
            return;
        foreach (var (orgId, _) in _kept.OrderBy(k => k.Value.Until).Take(MaxKept / 10))
            _kept.TryRemove(orgId, out _);
    }
}
