using System.Buffers;
using System.Globalization;
using System.Text;

namespace PromptPlatform.Redis;

/// <summary>Commands as Redis reads them: a list of strings with their lengths (RESP2).</summary>
internal static class RespWriter
{
    /// <summary>Writes one command.</summary>
    public static byte[] Write(params ReadOnlySpan<string> words)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * words.Length);
        Line(buffer, '*', words.Length);
        foreach (string word in words)
        {
            Line(buffer, '$', Encoding.UTF8.GetByteCount(word));
            Encoding.UTF8.GetBytes(word, buffer);
            buffer.Write("\r\n"u8);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Line(ArrayBufferWriter<byte> buffer, char kind, int number) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{number}\r\n"), buffer);
}
