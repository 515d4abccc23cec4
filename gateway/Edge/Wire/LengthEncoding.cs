using System.Text;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>
/// Reads Content-Length as digits alone. Kestrel's own parser takes a sign ("+5"), and only the encoding of a header's value
/// stands between the wire and that parser: whatever is not 1 to 19 digits becomes text that it refuses.
/// </summary>
internal sealed class LengthEncoding : Encoding
{
    // What Int64 can hold, and what Kestrel has room for.
    private const int MaxDigits = 19;
    private static readonly LengthEncoding s_instance = new();

    /// <summary>For <c>KestrelServerOptions.RequestHeaderEncodingSelector</c>; the usual encoding of every other header.</summary>
    public static Encoding? Of(string header) =>
        header.Length == "Content-Length".Length && header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? s_instance : null;

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length is 0 or > MaxDigits || bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            chars[0] = 'x';
            return 1;
        }
        for (int i = 0; i < bytes.Length; i++)
            chars[i] = (char)bytes[i];
        return bytes.Length;
    }

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
