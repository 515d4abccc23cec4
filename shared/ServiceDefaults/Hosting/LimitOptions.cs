using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>Limits of the web server, section <c>Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Bytes of a request body.</summary>
    [Range(1024, 64 << 20)]
    public int MaxBodyBytes { get; set; } = 8 << 20;

    /// <summary>Connections at once.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 2_000;

    /// <summary>Time for a request to be answered; a stream has none.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between "not ready" and the end of accepting, so that balancers notice first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Time for requests in flight to end after that.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
