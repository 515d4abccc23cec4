using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>How the gateway deals with the replicas of services, section <c>Upstreams</c>.</summary>
public sealed class UpstreamOptions
{
    /// <summary>Time for a connection to a replica.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a service with several replicas is asked whether each is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time for the answer; a replica that needs longer gets no requests until it answers again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(0.8);

    /// <summary>How often names with several addresses are looked up again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan NameRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Failures within three seconds from which a replica may be ejected.</summary>
    [Range(2, 10_000)]
    public int EjectAfterFailures { get; set; } = 5;

    /// <summary>Share of its answers that must be failures, and at least twice that of its siblings.</summary>
    [Range(0.01, 1)]
    public double EjectShare { get; set; } = 0.2;

    /// <summary>How long the first ejection lasts; each one that follows at once lasts twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Ejection { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest ejection.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxEjection { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Retries in percent of the requests of a service; 0: none.</summary>
    [Range(0, 100)]
    public int RetryPercent { get; set; } = 10;

    /// <summary>Retries at once beyond that, so that a replica that dies takes no request with it.</summary>
    [Range(1, 100_000)]
    public int RetryBurst { get; set; } = 200;

    /// <summary>Bytes of a request body that are kept for a retry; a larger body is not sent twice.</summary>
    [Range(0, 1 << 20)]
    public int MaxReplayBytes { get; set; } = 64 << 10;
}
