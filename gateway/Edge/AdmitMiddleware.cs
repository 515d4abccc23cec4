using PromptPlatform.Gateway.Access;
using PromptPlatform.Gateway.Limits;

namespace PromptPlatform.Gateway.Edge;

/// <summary>Lets a request in: credential checked, limit charged, token of the service put in place of the caller's key.</summary>
internal sealed class AdmitMiddleware(RequestDelegate next, RoutePolicies policies, CallerAccess access, RateLimiter limiter)
{
    public Task InvokeAsync(HttpContext http)
    {
        var policy = policies.Of(http);
        if (policy is null || policy.IsPublic)
        {
            http.Request.Headers.Remove("Authorization");
            return policy is null ? MeterHere(http) : GoOn(http, limiter.ChargeAddressAsync(http));
        }
        // The usual case waits for nothing.
        return access.Find(http.Request.Headers.Authorization, policy.Audience) is { } grant
            ? GoOn(http, policy, grant)
            : AskAsync(http, policy);
    }

    private async Task AskAsync(HttpContext http, RoutePolicy policy)
    {
        // A credential that is not known yet costs the address, so that guessing keys is bounded before Auth is asked.
        await limiter.ChargeAddressAsync(http);
        var grant = await access.GetAsync(http.Request.Headers.Authorization, policy.Audience, http.RequestAborted);
        await GoOn(http, policy, grant);
    }

    private Task GoOn(HttpContext http, RoutePolicy policy, Grant grant)
    {
        if (policy.Streams)
            http.Features.Set(grant);
        http.Request.Headers.Authorization = grant.Authorization;
        http.Features.Set(grant.Caller);
        return GoOn(http, limiter.ChargeAsync(http, grant));
    }

    private Task GoOn(HttpContext http, ValueTask charge)
    {
        if (!charge.IsCompletedSuccessfully)
            return WaitAsync(charge.AsTask());
        return next(http);

        async Task WaitAsync(Task charged)
        {
            await charged;
            await next(http);
        }
    }

    private Task MeterHere(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            limiter.ReportAddress(http);
        else if (!HttpMethods.IsOptions(http.Request.Method))
            limiter.ChargeAddress(http);
        return next(http);
    }
}
