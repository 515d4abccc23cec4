namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>Bytes that every side can make and check: easy to compress, and no two neighbours alike.</summary>
public static class Filling
{
    private const int Period = 251;
    private const int Modulus = int.MaxValue;

    public static byte[] Of(int length)
    {
        var bytes = new byte[length];
        for (int index = 0; index < length; index++)
        {
            bytes[index] = (byte)(index % Period * 7 % Period);
        }

        return bytes;
    }

    /// <summary>The sum of the bytes, modulo 2^31.</summary>
    public static int Add(int start, ReadOnlySpan<byte> bytes)
    {
        long sum = start;
        foreach (byte value in bytes)
        {
            sum += value;
        }

        return (int)(sum % (Modulus + 1L));
    }

    public static int SumOf(int length) => Add(0, Of(length));
}
