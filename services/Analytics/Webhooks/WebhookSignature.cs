using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>
/// The signature of an event: <c>t=1700000000,v1=…</c>, HMAC-SHA256 of "t.body" under the secret's own characters, in lower-case hexadecimal.
/// The time is signed too, so that a receiver can refuse what is old. The scheme is Stripe's (https://docs.stripe.com/webhooks#verify-manually).
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "PromptPlatform-Signature";

    /// <summary>The header's value; one v1 per secret.</summary>
    public static string Write(IEnumerable<string> secrets, DateTimeOffset at, string body)
    {
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = Encoding.UTF8.GetBytes($"{time}.{body}");
        return $"t={time}," + string.Join(',', secrets.Select(secret => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))));
    }
}
