namespace Grpc.Net.Client.Configuration;

/// <summary>A bucket of tokens: a failure takes one, a success gives a fraction back, and at half or less nothing is retried.</summary>
public sealed class RetryThrottlingPolicy : ConfigObject
{
    /// <summary>Size of the bucket, 1 to 1000. Required.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Tokens per success, above zero. Required.</summary>
    public double? TokenRatio { get; set; }
}
