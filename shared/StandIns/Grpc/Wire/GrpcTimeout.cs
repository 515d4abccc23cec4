using System.Globalization;

namespace PromptPlatform.GrpcTransport;

/// <summary>The grpc-timeout header: one to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long LargestValue = 99_999_999;

    public static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'n' => value / TimeSpan.NanosecondsPerTick,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'S' => value * TimeSpan.TicksPerSecond,
            'M' => value * TimeSpan.TicksPerMinute,
            'H' => value * TimeSpan.TicksPerHour,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }

    /// <summary>The finest unit that fits, rounded up, so that the server never gives up before the client.</summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        return Fit(timeout.Ticks, TimeSpan.TicksPerMicrosecond, "u")
            ?? Fit(timeout.Ticks, TimeSpan.TicksPerMillisecond, "m")
            ?? Fit(timeout.Ticks, TimeSpan.TicksPerSecond, "S")
            ?? LargestValue.ToString(CultureInfo.InvariantCulture) + "S";
    }

    private static string? Fit(long ticks, long perUnit, string unit)
    {
        long count = (ticks / perUnit) + (ticks % perUnit > 0 ? 1 : 0);
        return count <= LargestValue ? count.ToString(CultureInfo.InvariantCulture) + unit : null;
    }
}
