using System.Collections;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace PromptPlatform.Inference.Tokenization;

/// <summary>Unicode data of normalisation form KC, read from the resource that make_nfkc.py writes.</summary>
internal sealed class NfkcTables
{
    private readonly Dictionary<int, byte> classes = [];
    private readonly Dictionary<int, int[]> decompositions = [];
    private readonly Dictionary<long, int> composites = [];
    private readonly BitArray unsettled = new(0x110000);

    private NfkcTables(ReadOnlySpan<int> numbers)
    {
        for (var left = Take(ref numbers); left > 0; left--) classes.Add(Take(ref numbers), (byte)Take(ref numbers));
        for (var left = Take(ref numbers); left > 0; left--)
        {
            var (point, length) = (Take(ref numbers), Take(ref numbers));
            decompositions.Add(point, numbers[..length].ToArray());
            numbers = numbers[length..];
        }

        for (var left = Take(ref numbers); left > 0; left--)
        {
            composites.Add(Pair(Take(ref numbers), Take(ref numbers)), Take(ref numbers));
        }

        for (var left = Take(ref numbers); left > 0; left--)
        {
            var (first, last) = (Take(ref numbers), Take(ref numbers));
            for (var point = first; point <= last; point++) unsettled[point] = true;
        }
    }

    public static NfkcTables Instance { get; } = Load();

    /// <summary>True when the code point may change, or change others, under normalisation.</summary>
    public bool MayChange(int point) => unsettled[point];

    /// <summary>Canonical combining class, 0..254.</summary>
    public byte ClassOf(int point) => point < 0x300 ? (byte)0 : classes.GetValueOrDefault(point);

    /// <summary>Full compatibility decomposition; null when the code point stands for itself. Not for Hangul syllables.</summary>
    public int[]? Decompose(int point) => decompositions.GetValueOrDefault(point);

    /// <summary>The primary composite of a pair; 0 when there is none. Not for Hangul.</summary>
    public int Compose(int first, int second) => composites.GetValueOrDefault(Pair(first, second));

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static int Take(ref ReadOnlySpan<int> numbers)
    {
        var number = numbers[0];
        numbers = numbers[1..];
        return number;
    }

    private static NfkcTables Load()
    {
        using var resource = typeof(NfkcTables).Assembly.GetManifestResourceStream("nfkc.bin.gz")!;
        using GZipStream unzipped = new(resource, CompressionMode.Decompress);
        using MemoryStream bytes = new();
        unzipped.CopyTo(bytes);
        return new(MemoryMarshal.Cast<byte, int>(bytes.ToArray()));
    }
}
