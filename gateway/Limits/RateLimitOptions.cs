using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Limits;

/// <summary>Token buckets, section <c>RateLimits</c>: requests per second that refill them, and the burst that they hold.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests per second of one organisation.</summary>
    [Range(0.01, 1_000_000)]
    public double OrganizationPerSecond { get; set; } = 1_000;

    /// <summary>Requests that an organisation may send at once.</summary>
    [Range(1, 10_000_000)]
    public int OrganizationBurst { get; set; } = 2_000;

    /// <summary>Requests per second of one API key.</summary>
    [Range(0.01, 1_000_000)]
    public double KeyPerSecond { get; set; } = 1_000;

    /// <summary>Requests that one key may send at once.</summary>
    [Range(1, 10_000_000)]
    public int KeyBurst { get; set; } = 2_000;

    /// <summary>Requests per second of one network address (IPv6: of one /64) that carry no credential known here.</summary>
    [Range(0.01, 1_000_000)]
    public double AddressPerSecond { get; set; } = 100;

    /// <summary>Such requests that one address may send at once.</summary>
    [Range(1, 10_000_000)]
    public int AddressBurst { get; set; } = 500;

    /// <summary>Buckets of one kind that are kept; callers beyond share one.</summary>
    [Range(10, 10_000_000)]
    public int MaxBuckets { get; set; } = 100_000;
}
