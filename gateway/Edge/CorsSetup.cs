using PromptPlatform.Gateway.Limits;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge;

/// <summary>CORS: closed until origins are set.</summary>
internal static class CorsSetup
{
    /// <summary>Lets the origins of the settings in.</summary>
    public static void UseCors(this WebApplication app, CorsOptions options)
    {
        if (options.Origins.Count == 0)
            return;
        app.UseCors(policy => policy
            .WithOrigins([.. options.Origins])
            .WithMethods("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Accept", "Idempotency-Key", "If-Match", RequestIdMiddleware.Header, "traceparent")
            .WithExposedHeaders([RequestIdMiddleware.Header, .. RateLimitHeaders.Names, "Retry-After", "Idempotent-Replayed", "Server-Timing", "ETag"])
            .SetPreflightMaxAge(TimeSpan.FromHours(1)));
    }
}
