using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>How this service calls the others, section <c>Clients</c>.</summary>
public sealed class ClientOptions
{
    /// <summary>Time for a connection to be made, TLS included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence on a connection with calls in flight after which the peer is asked whether it lives.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Time for that answer; then the calls on the connection fail as unavailable.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two look-ups of the addresses behind a name.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for which an address that fails is left out; it starts at a tenth of it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MaxEjection { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts in all of a call that may be sent twice; 1: none is.</summary>
    [Range(1, 5)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Longest wait before the second attempt; it doubles with each, and a random part of it is waited.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan RetryBackoff { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Retry budget of each client, in failures: when half are spent, nothing is retried.</summary>
    [Range(1, 1000)]
    public int RetryBudget { get; set; } = 100;

    /// <summary>What a call that succeeds gives back to the budget, in failures.</summary>
    [Range(0.001, 10)]
    public double RetryRefund { get; set; } = 0.1;
}
