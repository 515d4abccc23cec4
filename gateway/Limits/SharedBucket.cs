using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Gateway.Limits;

/// <summary>A bucket as Redis knows it.</summary>
/// <param name="Key">Its name there.</param>
/// <param name="PerSecond">Tokens that it gains in a second.</param>
/// <param name="Burst">Tokens that it holds.</param>
internal readonly record struct SharedBucket(string Key, double PerSecond, int Burst)
{
    /// <summary>
    /// The name of a bucket. Ids and addresses go as hashes; what one request charges shares the part in braces, so that it lies on
    /// one node of a Redis cluster.
    /// </summary>
    /// <param name="home">Whom all buckets of the request belong to.</param>
    /// <param name="kind">o: organisation, k: key, a: address.</param>
    /// <param name="owner">Whom this one belongs to.</param>
    public static string Name(string home, char kind, string owner) => $"pp:limit:{{{Hash(home)}}}:{kind}:{Hash(owner)}";

    private static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..12]);
    }
}
