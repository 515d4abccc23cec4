using System.Globalization;

namespace PromptPlatform.Gateway.Edge;

/// <summary>The header <c>grpc-timeout</c>: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const string Header = "grpc-timeout";

    /// <summary>Gives a call a deadline, or shortens the one that it brings.</summary>
    public static void Bound(IHeaderDictionary headers, TimeSpan max)
    {
        if (Read(headers[Header]) is { } given && given <= max)
            return;
        headers[Header] = ((long)max.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "m";
    }

    /// <summary>Reads a value; null when there is none or it is malformed.</summary>
    public static TimeSpan? Read(string? value)
    {
        if (value is not { Length: >= 2 and <= 9 } || !long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            return null;
        return value[^1] switch
        {
            'H' => TimeSpan.FromHours(count),
            'M' => TimeSpan.FromMinutes(count),
            'S' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMilliseconds(count),
            'u' => TimeSpan.FromMicroseconds(count),
            'n' => TimeSpan.FromTicks(count / 100),
            _ => null,
        };
    }
}
