using System.Globalization;

namespace PromptPlatform.Gateway.Edge;

/// <summary>The gateway's part of the header <c>Server-Timing</c>.</summary>
internal static class ServerTimings
{
    private const long MicrosecondsPerMillisecond = 1000;

    /// <summary>Milliseconds to the microsecond, put together of whole numbers: formatting fractions would cost more than the rest of the answer's headers.</summary>
    public static string Text(TimeSpan gateway, TimeSpan upstream)
    {
        long here = (long)gateway.TotalMicroseconds;
        long there = (long)upstream.TotalMicroseconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"gw;dur={here / MicrosecondsPerMillisecond}.{here % MicrosecondsPerMillisecond:D3}, upstream;dur={there / MicrosecondsPerMillisecond}.{there % MicrosecondsPerMillisecond:D3}");
    }
}
