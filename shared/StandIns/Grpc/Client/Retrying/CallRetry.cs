using System.Globalization;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Whether and when a call is sent again after a failure (gRFC A6). Made at the first failure.</summary>
internal sealed class CallRetry(RetryRules rules, MethodRetry? policy)
{
    private int unprocessed;
    private int backoffs;

    /// <summary>Attempts that a server may have processed, beside the first; the header grpc-previous-rpc-attempts tells it.</summary>
    public int Previous { get; private set; }

    /// <summary>After a failure that no server has processed: once per address, twice at least.</summary>
    public bool MayRepeatUnprocessed(int addresses) => unprocessed++ < Math.Max(1, addresses - 1);

    /// <summary>After a failure that a server may have processed: only where a policy says so and the budget allows.</summary>
    public bool MayRepeat(StatusCode code, string? pushback, out TimeSpan wait)
    {
        wait = default;
        if (policy is null)
        {
            return false;
        }

        bool refused = pushback is not null && !TryParse(pushback, out wait);
        if (policy.Codes.Contains(code) || refused)
        {
            rules.Throttle?.Failed();
        }

        if (refused || !policy.Codes.Contains(code) || Previous + 1 >= policy.MaxAttempts || rules.Throttle is { Allows: false })
        {
            return false;
        }

        Previous++;
        backoffs = pushback is null ? backoffs + 1 : 0;
        wait = pushback is null ? rules.Jitter(policy.BackoffBefore(backoffs + 1)) : wait;
        return true;
    }

    private static bool TryParse(string pushback, out TimeSpan wait)
    {
        bool valid = int.TryParse(pushback, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds);
        wait = TimeSpan.FromMilliseconds(valid ? milliseconds : 0);
        return valid;
    }
}
