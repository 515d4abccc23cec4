using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Access;

/// <summary>Settings of the key cache, section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>API keys (per audience) whose token is remembered.</summary>
    [Range(100, 1_000_000)]
    public int MaxCachedKeys { get; set; } = 50_000;

    /// <summary>Refused keys that are remembered.</summary>
    [Range(100, 1_000_000)]
    public int MaxRefusedKeys { get; set; } = 10_000;

    /// <summary>How long a refused key is refused without asking again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RefusedFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Exchanges with Auth at once; more are answered 503 at once.</summary>
    [Range(1, 10_000)]
    public int MaxExchanges { get; set; } = 256;

    /// <summary>Time for one exchange.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ExchangeTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
