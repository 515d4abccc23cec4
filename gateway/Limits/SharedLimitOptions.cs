using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Limits;

/// <summary>The store that gateways share their limits by, section <c>RateLimits:Store</c>. It is used when <c>ConnectionStrings:redis</c> is set.</summary>
public sealed class SharedLimitOptions
{
    /// <summary>Time for one charge; then the local limits decide.</summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:02")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Failures in a row after which the store is left alone.</summary>
    [Range(1, 1000)]
    public int BreakAfterFailures { get; set; } = 3;

    /// <summary>How long it is left alone before one request tries it again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(1);
}
