using PromptPlatform.Gateway.Limits;

namespace PromptPlatform.Gateway.Edge;

/// <summary>Charges OPTIONS requests before CORS answers them: browsers send them without a credential.</summary>
internal sealed class PreflightLimitMiddleware(RequestDelegate next, RateLimiter limiter)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsOptions(http.Request.Method))
            limiter.ChargeAddress(http);
        return next(http);
    }
}
