using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Gateway.Access;

/// <summary>API keys as Auth makes them: <c>pp_live_</c> or <c>pp_test_</c>, 43 random base62 characters and six of checksum.</summary>
internal static class ApiKey
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string ChecksumSalt = "checksum:";
    private const int PrefixLength = 8;
    private const int ChecksumLength = 6;
    private const int Length = PrefixLength + 43 + ChecksumLength;
    private static readonly SearchValues<char> s_base62 = SearchValues.Create(Base62);

    /// <summary>Whether a credential is meant to be an API key and not a token.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> credential) => credential.StartsWith("pp_", StringComparison.Ordinal);

    /// <summary>Whether a key has the right prefix, length and alphabet.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> key) =>
        key.Length == Length
        && (key.StartsWith("pp_live_", StringComparison.Ordinal) || key.StartsWith("pp_test_", StringComparison.Ordinal))
        && !key[PrefixLength..].ContainsAnyExcept(s_base62);

    /// <summary>Whether the checksum of a well-formed key is right: a typo or a guess costs Auth nothing.</summary>
    public static bool HasRightChecksum(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[ChecksumSalt.Length + Length - ChecksumLength];
        Encoding.ASCII.GetBytes(ChecksumSalt, text);
        Encoding.ASCII.GetBytes(key[..^ChecksumLength], text[ChecksumSalt.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        ulong rest = BitConverter.ToUInt64(hash);
        foreach (char given in key[^ChecksumLength..])
        {
            if (given != Base62[(int)(rest % 62)])
                return false;
            rest /= 62;
        }
        return true;
    }

    /// <summary>SHA-256 of a well-formed key: what the cache is keyed by, so that no key stays in memory.</summary>
    public static CredentialHash Hash(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(key, text);
        SHA256.HashData(text, hash);
        text.Clear();
        return new CredentialHash(BitConverter.ToUInt128(hash), BitConverter.ToUInt128(hash[16..]));
    }
}

/// <summary>The two halves of a SHA-256.</summary>
internal readonly record struct CredentialHash(UInt128 High, UInt128 Low);
