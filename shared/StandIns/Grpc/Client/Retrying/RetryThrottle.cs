using Grpc.Net.Client.Configuration;

namespace PromptPlatform.GrpcTransport;

/// <summary>The retry budget of a channel, a bucket of tokens. Counted in thousandths.</summary>
internal sealed class RetryThrottle
{
    private const int Unit = 1000;

    private readonly int most;
    private readonly int gain;
    private int tokens;

    public RetryThrottle(RetryThrottlingPolicy policy)
    {
        int size = policy.MaxTokens is { } given and > 0 and <= 1000 ? given : throw new InvalidOperationException("Retry throttling: MaxTokens is required and must be 1 to 1000.");
        double ratio = policy.TokenRatio is { } some and > 0 ? some : throw new InvalidOperationException("Retry throttling: TokenRatio is required and must be above zero.");
        most = size * Unit;
        gain = (int)Math.Clamp(ratio * Unit, 1, most);
        tokens = most;
    }

    /// <summary>Whether enough is left to repeat a call.</summary>
    public bool Allows => Volatile.Read(ref tokens) > most / 2;

    public void Failed() => Move(-Unit);

    public void Succeeded()
    {
        if (Volatile.Read(ref tokens) < most)
        {
            Move(gain);
        }
    }

    private void Move(int change)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref tokens);
        }
        while (Interlocked.CompareExchange(ref tokens, Math.Clamp(seen + change, 0, most), seen) != seen);
    }
}
