using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace PromptPlatform.GrpcTransport;

/// <summary>The checked retry policy of a method.</summary>
internal sealed record MethodRetry(int MaxAttempts, TimeSpan InitialBackoff, TimeSpan MaxBackoff, double Multiplier, IReadOnlySet<StatusCode> Codes)
{
    public static MethodRetry Create(RetryPolicy policy, int maxAttempts)
    {
        int attempts = policy.MaxAttempts is { } given and > 1 ? given : throw Missing(nameof(policy.MaxAttempts), "above 1");
        return new MethodRetry(
            Math.Min(attempts, maxAttempts),
            Positive(policy.InitialBackoff, nameof(policy.InitialBackoff)),
            Positive(policy.MaxBackoff, nameof(policy.MaxBackoff)),
            policy.BackoffMultiplier is { } multiplier and > 0 ? multiplier : throw Missing(nameof(policy.BackoffMultiplier), "above zero"),
            policy.RetryableStatusCodes.Count > 0 ? policy.RetryableStatusCodes.ToHashSet() : throw Missing(nameof(policy.RetryableStatusCodes), "one code or more"));
    }

    /// <summary>The longest wait before the given attempt (2 is the first repetition).</summary>
    public TimeSpan BackoffBefore(int attempt)
    {
        double wait = InitialBackoff.TotalMilliseconds * Math.Pow(Multiplier, attempt - 2);
        return TimeSpan.FromMilliseconds(Math.Min(wait, MaxBackoff.TotalMilliseconds));
    }

    private static TimeSpan Positive(TimeSpan? value, string name) => value is { } given && given > TimeSpan.Zero ? given : throw Missing(name, "above zero");

    private static InvalidOperationException Missing(string name, string range) => new($"Retry policy: {name} is required and must be {range}.");
}
