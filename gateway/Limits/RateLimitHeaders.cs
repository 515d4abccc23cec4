using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PromptPlatform.Gateway.Limits;

/// <summary><c>X-RateLimit-Limit</c> (burst), <c>-Remaining</c> and <c>-Reset</c> (seconds until full) of the bucket that is nearest to its end.</summary>
internal static class RateLimitHeaders
{
    private const string Limit = "X-RateLimit-Limit";
    private const string Remaining = "X-RateLimit-Remaining";
    private const string Reset = "X-RateLimit-Reset";

    // The numbers of the default limits, made once: this runs on every request.
    private static readonly string[] s_numbers = [.. Enumerable.Range(0, 2048).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Their names, for CORS.</summary>
    public static readonly string[] Names = [Limit, Remaining, Reset];

    /// <summary>Writes the headers.</summary>
    public static void Write(IHeaderDictionary headers, BucketState state)
    {
        headers[Limit] = Text(state.Limit);
        headers[Remaining] = Text(state.Remaining);
        headers[Reset] = Text((int)Math.Min(int.MaxValue, Math.Ceiling(state.UntilFull.TotalSeconds)));
    }

    /// <summary>Copies what is written, so that it can be written again.</summary>
    public static (StringValues Limit, StringValues Remaining, StringValues Reset) Read(IHeaderDictionary headers) => (headers[Limit], headers[Remaining], headers[Reset]);

    /// <summary>Writes what <see cref="Read"/> has copied.</summary>
    public static void Write(IHeaderDictionary headers, (StringValues Limit, StringValues Remaining, StringValues Reset) copy) =>
        (headers[Limit], headers[Remaining], headers[Reset]) = copy;

    private static string Text(int number) =>
        (uint)number < (uint)s_numbers.Length ? s_numbers[number] : number.ToString(CultureInfo.InvariantCulture);
}
