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
            Meter(http);
            http.Request.Headers.Remove("Authorization");
            return next(http);
        }
        // The usual case waits for nothing.
        return access.Find(http.Request.Headers.Authorization, policy.Audience) is { } grant
            ? GoOn(http, grant)
            : AskAsync(http, policy);
    }

    private async Task AskAsync(HttpContext http, RoutePolicy policy)
    {
        // A credential that is not known yet costs the address, so that guessing keys is bounded before Auth is asked.
        limiter.ChargeAddress(http);
        var grant = await access.GetAsync(http.Request.Headers.Authorization, policy.Audience, http.RequestAborted);
        await GoOn(http, grant);
    }

    private Task GoOn(HttpContext http, Grant grant)
    {
        limiter.Charge(http, grant);
        http.Request.Headers.Authorization = grant.Authorization;
        return next(http);
    }

    private void Meter(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            limiter.ReportAddress(http);
        else if (!HttpMethods.IsOptions(http.Request.Method))
            limiter.ChargeAddress(http);
    }
}
