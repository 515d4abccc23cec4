using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Access;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Limits;

/// <summary>
/// Charges every request to a bucket and says so in its headers: known callers to those of their key and organisation,
/// everybody else to that of the network address.
/// </summary>
internal sealed class RateLimiter(IOptions<RateLimitOptions> options, TimeProvider clock) : IDisposable
{
    private readonly BucketTable<Guid> _organizations = new(options.Value.OrganizationPerSecond, options.Value.OrganizationBurst, options.Value.MaxBuckets, clock);
    private readonly BucketTable<string> _keys = new(options.Value.KeyPerSecond, options.Value.KeyBurst, options.Value.MaxBuckets, clock);
    private readonly BucketTable<UInt128> _addresses = new(options.Value.AddressPerSecond, options.Value.AddressBurst, options.Value.MaxBuckets, clock);

    /// <summary>Charges the caller. Error: 429.</summary>
    public void Charge(HttpContext http, Grant grant)
    {
        var organization = _organizations.Of(grant.Caller.OrgId);
        var ofOrganization = organization.Take();
        if (!ofOrganization.Admitted)
            Refuse(http, ofOrganization, "the organisation");
        var ofKey = _keys.Of(grant.Caller.KeyId).Take();
        if (!ofKey.Admitted)
        {
            organization.GiveBack();
            Refuse(http, ofKey, "the API key");
        }
        RateLimitHeaders.Write(http.Response.Headers, ofKey.Remaining <= ofOrganization.Remaining ? ofKey : ofOrganization);
    }

    /// <summary>Charges the network address. Error: 429.</summary>
    public void ChargeAddress(HttpContext http)
    {
        var state = _addresses.Of(NetworkAddress.Of(http.Connection.RemoteIpAddress)).Take();
        if (!state.Admitted)
            Refuse(http, state, "this network address without a known API key");
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

    private static void Refuse(HttpContext http, BucketState state, string whose)
    {
        RateLimitHeaders.Write(http.Response.Headers, state);
        throw RequestException.Exhausted("rate_limited", $"{whose} is over its limit of requests; wait as long as Retry-After says", state.UntilNext);
    }
}
