using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Limits;

/// <summary>How many requests of this gateway the services work on at once, and who waits or is refused, section <c>Shedding</c>.</summary>
public sealed class SheddingOptions
{
    /// <summary>Requests at once that are always let through; the limit never falls below.</summary>
    [Range(1, 100_000)]
    public int MinInFlight { get; set; } = 8;

    /// <summary>Requests at once beyond which the limit never rises.</summary>
    [Range(1, 100_000)]
    public int MaxInFlight { get; set; } = 2_000;

    /// <summary>The limit at the start.</summary>
    [Range(1, 100_000)]
    public int InFlight { get; set; } = 200;

    /// <summary>Share of the limit that one organisation may take, so that others find room at once.</summary>
    [Range(0.05, 1)]
    public double OrganizationShare { get; set; } = 0.8;

    /// <summary>Requests that may wait for room; then the organisation with the most is refused first.</summary>
    [Range(0, 100_000)]
    public int MaxWaiting { get; set; } = 1_000;

    /// <summary>Time for which a request may wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Multiple of a route's best time from which an answer counts as slow; when most are, the limit falls.</summary>
    [Range(1.1, 100)]
    public double Tolerance { get; set; } = 2;

    /// <summary>Answers faster than this are never slow.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan FastEnough { get; set; } = TimeSpan.FromMilliseconds(20);
}
