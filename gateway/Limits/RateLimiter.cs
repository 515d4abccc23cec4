using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Access;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Limits;

/// <summary>
/// Charges every request to a bucket and says so in its headers: known callers to those of their key and organisation,
/// everybody else to that of the network address. With a shared store a request needs a token of the local bucket and of the shared
/// one; the local one refuses without asking, and decides alone while the store is away.
/// </summary>
internal sealed class RateLimiter(IOptions<RateLimitOptions> options, TimeProvider clock, LimitMetrics metrics, SharedBuckets? shared = null) : IDisposable
{
    private readonly RateLimitOptions _limits = options.Value;
    private readonly BucketTable<Guid> _organizations = new(options.Value.OrganizationPerSecond, options.Value.OrganizationBurst, options.Value.MaxBuckets, clock);
    private readonly BucketTable<string> _keys = new(options.Value.KeyPerSecond, options.Value.KeyBurst, options.Value.MaxBuckets, clock);
    private readonly BucketTable<UInt128> _addresses = new(options.Value.AddressPerSecond, options.Value.AddressBurst, options.Value.MaxBuckets, clock);

    /// <summary>Charges the caller. Error: 429.</summary>
    public ValueTask ChargeAsync(HttpContext http, Grant grant)
    {
        var organization = _organizations.Of(grant.Caller.OrgId);
        var ofOrganization = organization.Take();
        if (!ofOrganization.Admitted)
            Refuse(http, ofOrganization, LimitKind.Organization);
        var key = _keys.Of(grant.Caller.KeyId);
        var ofKey = key.Take();
        if (!ofKey.Admitted)
        {
            organization.GiveBack();
            Refuse(http, ofKey, LimitKind.Key);
        }
        if (shared is not null)
            return ChargeSharedAsync(http, grant, (organization, ofOrganization), (key, ofKey));
        Report(http, ofOrganization, ofKey);
        return ValueTask.CompletedTask;
    }

    /// <summary>Charges the network address. Error: 429.</summary>
    public ValueTask ChargeAddressAsync(HttpContext http)
    {
        var address = NetworkAddress.Of(http.Connection.RemoteIpAddress);
        var bucket = _addresses.Of(address);
        var state = bucket.Take();
        if (!state.Admitted)
            Refuse(http, state, LimitKind.Address);
        if (shared is not null)
            return ChargeSharedAsync(http, address.ToString(), bucket, state);
        RateLimitHeaders.Write(http.Response.Headers, state);
        return ValueTask.CompletedTask;
    }

    /// <summary>Charges the network address here only: for what is refused anyway and asks nobody. Error: 429.</summary>
    public void ChargeAddress(HttpContext http)
    {
        var state = _addresses.Of(NetworkAddress.Of(http.Connection.RemoteIpAddress)).Take();
        if (!state.Admitted)
            Refuse(http, state, LimitKind.Address);
        RateLimitHeaders.Write(http.Response.Headers, state);
    }

    /// <summary>Reports the network address's bucket and takes nothing: for probes, which must never be refused.</summary>
    public void ReportAddress(HttpContext http) =>
        RateLimitHeaders.Write(http.Response.Headers, _addresses.Of(NetworkAddress.Of(http.Connection.RemoteIpAddress)).Peek());

    public void Dispose()
    {
        _organizations.Dispose();
        _keys.Dispose();
        _addresses.Dispose();
    }

    private async ValueTask ChargeSharedAsync(HttpContext http, Grant grant, (TokenBucket Bucket, BucketState State) organization, (TokenBucket Bucket, BucketState State) key)
    {
        string org = grant.Caller.OrgId.ToString("N");
        var states = await shared!.TryChargeAsync(
            new SharedBucket(SharedBucket.Name(org, 'o', org), _limits.OrganizationPerSecond, _limits.OrganizationBurst),
            new SharedBucket(SharedBucket.Name(org, 'k', grant.Caller.KeyId), _limits.KeyPerSecond, _limits.KeyBurst));
        if (states is not [var ofOrganization, var ofKey])
        {
            Report(http, organization.State, key.State);
            return;
        }
        if (!(ofOrganization.Admitted && ofKey.Admitted))
        {
            organization.Bucket.GiveBack();
            key.Bucket.GiveBack();
            Refuse(http, ofOrganization.Admitted ? ofKey : ofOrganization, ofOrganization.Admitted ? LimitKind.Key : LimitKind.Organization);
        }
        Report(http, ofOrganization, ofKey);
    }

    private async ValueTask ChargeSharedAsync(HttpContext http, string address, TokenBucket bucket, BucketState local)
    {
        var states = await shared!.TryChargeAsync(new SharedBucket(SharedBucket.Name(address, 'a', address), _limits.AddressPerSecond, _limits.AddressBurst));
        var state = states is [var one] ? one : local;
        if (!state.Admitted)
        {
            bucket.GiveBack();
            Refuse(http, state, LimitKind.Address);
        }
        RateLimitHeaders.Write(http.Response.Headers, state);
    }

    private static void Report(HttpContext http, BucketState ofOrganization, BucketState ofKey) =>
        RateLimitHeaders.Write(http.Response.Headers, ofKey.Remaining <= ofOrganization.Remaining ? ofKey : ofOrganization);

    private void Refuse(HttpContext http, BucketState state, LimitKind kind)
    {
        metrics.Refused(kind.Label);
        RateLimitHeaders.Write(http.Response.Headers, state);
        throw RequestException.Exhausted("rate_limited", $"{kind.Whose} is over its limit of requests; wait as long as Retry-After says", state.UntilNext);
    }
}
