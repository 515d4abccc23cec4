using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>
/// Where chance puts a unit: the first eight bytes, read big-endian, of the SHA-256 of salt, line feed and unit in UTF-8. Anybody can repeat it in any
/// language; other salts give values that know nothing of each other.
/// </summary>
internal static class UnitHash
{
    /// <summary>The hash.</summary>
    public static ulong Of(string salt, string unit)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\n{unit}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>One of <paramref name="count"/> equal parts of the hashes, 0 to count - 1.</summary>
    public static int Slot(ulong hash, int count) => (int)Math.BigMul(hash, (ulong)count, out _);

    /// <summary>The place of the hash among all, 0 to below 1.</summary>
    public static double Fraction(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));
}
