using System.Buffers.Binary;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>When a delivery that failed is tried again: twelve attempts in about a day. Delays vary by a fifth, so that what failed together does not come back together.</summary>
internal static class RetrySchedule
{
    /// <summary>The longest that an endpoint may ask us to wait.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(12);

    private static readonly TimeSpan[] s_delays =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6), TimeSpan.FromHours(10),
    ];

    /// <summary>Attempts until a delivery counts as failed.</summary>
    public static int MaxAttempts => s_delays.Length + 1;

    /// <summary>The time until the next attempt; null after the last.</summary>
    /// <param name="attempts">Attempts so far, 1 or more.</param>
    /// <param name="deliveryId">Whose delay it is: the variation comes from it, the same each time it is asked.</param>
    /// <param name="retryAfter">What the endpoint asked for.</param>
    public static TimeSpan? Next(int attempts, Guid deliveryId, TimeSpan? retryAfter)
    {
        if (attempts >= MaxAttempts)
            return null;
        var delay = s_delays[attempts - 1] * (0.8 + (0.4 * Dice(deliveryId, attempts)));
        if (retryAfter is not { } asked)
            return delay;
        var capped = asked < MaxRetryAfter ? asked : MaxRetryAfter;
        return capped > delay ? capped : delay;
    }

    // The tail of an id is random; each attempt stirs it anew.
    private static double Dice(Guid id, int attempt)
    {
        uint seed = BinaryPrimitives.ReadUInt32LittleEndian(id.ToByteArray().AsSpan(12)) ^ ((uint)attempt * 0x9E37_79B9);
        seed = (seed ^ (seed >> 16)) * 0x7FEB_352D;
        seed = (seed ^ (seed >> 15)) * 0x846C_A68B;
        return (seed ^ (seed >> 16)) / (double)uint.MaxValue;
    }
}
