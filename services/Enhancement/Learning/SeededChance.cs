using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Enhancement.Learning;

/// <summary>Chance that a name settles: the same name gives the same numbers, on every machine and in every release.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). The framework's own generator may change its numbers between releases.</remarks>
internal struct SeededChance
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Begins at a seed for one use of it.</summary>
    public SeededChance(ReadOnlySpan<byte> seed, string use)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(use)], hash);
        _state = BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>A number above 0 and below 1.</summary>
    public double Next()
    {
        _state += Step;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        // 53 bits, moved by half a step so that 0 never comes: its logarithm is taken.
        return ((z >> 11) + 0.5) * (1.0 / (1UL << 53));
    }

    /// <summary>A number of the standard normal distribution (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(Next())) * Math.Cos(2 * Math.PI * Next());
}
