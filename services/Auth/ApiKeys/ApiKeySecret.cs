using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>
/// The secret of an API key: <c>pp_live_</c> or <c>pp_test_</c>, 43 random characters of base62 (256 bits) and six of checksum.
/// The checksum tells a typo without a look-up and lets secret scanners match <c>pp_(live|test)_[0-9A-Za-z]{49}</c> without guessing.
/// </summary>
internal static class ApiKeySecret
{
    /// <summary>Prefix of keys for real work.</summary>
    public const string Live = "pp_live_";

    /// <summary>Prefix of keys for trials.</summary>
    public const string Test = "pp_test_";

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 8 + RandomLength + ChecksumLength;

    private static readonly SearchValues<char> s_base62 = SearchValues.Create(Base62);

    /// <summary>A new secret.</summary>
    public static string Make(string prefix)
    {
        string body = prefix + RandomNumberGenerator.GetString(Base62, RandomLength);
        return body + Checksum(body);
    }

    /// <summary>Whether the text can be a secret of ours at all.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Length
        && (text.StartsWith(Live, StringComparison.Ordinal) || text.StartsWith(Test, StringComparison.Ordinal))
        && !text.AsSpan(8).ContainsAnyExcept(s_base62)
        && text.AsSpan(Length - ChecksumLength).SequenceEqual(Checksum(text[..^ChecksumLength]));

    /// <summary>What is stored. A plain hash is enough: 256 random bits cannot be guessed, unlike a password.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string Checksum(string body)
    {
        ulong value = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes("checksum:" + body)));
        return string.Create(ChecksumLength, value, static (text, rest) =>
        {
            for (int i = 0; i < text.Length; i++, rest /= 62)
                text[i] = Base62[(int)(rest % 62)];
        });
    }
}
