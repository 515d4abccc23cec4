using Grpc.Core;

namespace Grpc.Net.Client.Configuration;

/// <summary>Repeats calls that failed with certain codes, after a random wait that grows. All values are required.</summary>
public sealed class RetryPolicy : ConfigObject
{
    /// <summary>Attempts in all, the first included; at least 2, bounded by GrpcChannelOptions.MaxRetryAttempts.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>Longest wait before the second attempt; above zero.</summary>
    public TimeSpan? InitialBackoff { get; set; }

    /// <summary>Longest wait before any attempt; above zero.</summary>
    public TimeSpan? MaxBackoff { get; set; }

    /// <summary>Growth of the wait per attempt; above zero.</summary>
    public double? BackoffMultiplier { get; set; }

    /// <summary>Codes after which a call is repeated; at least one.</summary>
    public IList<StatusCode> RetryableStatusCodes { get; } = [];
}
