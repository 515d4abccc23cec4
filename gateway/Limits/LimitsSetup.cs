using Microsoft.Extensions.Options;
using PromptPlatform.Redis;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Gateway.Limits;

/// <summary>The door of the gateway's limits.</summary>
internal static class LimitsSetup
{
    private const string Store = "ConnectionStrings:redis";

    /// <summary>Adds the limits: shared ones when <c>ConnectionStrings:redis</c> is set, local ones in any case.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsAtStart<RateLimitOptions>("RateLimits");
        services.AddOptionsAtStart<SharedLimitOptions>("RateLimits:Store");
        services.AddOptionsAtStart<SheddingOptions>("Shedding");
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<RateLimiter>();
        if (configuration[Store] is { Length: > 0 } store)
        {
            var redis = Parse(store);
            services.AddSingleton(provider => new SharedBuckets(
                redis, provider.GetRequiredService<IOptions<SharedLimitOptions>>(), provider.GetRequiredService<LimitMetrics>(), provider.GetRequiredService<ILogger<SharedBuckets>>()));
        }
        return services;
    }

    private static RedisOptions Parse(string store)
    {
        try
        {
            return RedisOptions.Parse(store);
        }
        catch (FormatException error)
        {
            throw new SettingsException(Store, error.Message);
        }
    }
}
