using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace PromptPlatform.Redis;

/// <summary>Replies as Redis writes them (RESP2), within bounds: a server that sends more is not one.</summary>
internal static class RespReader
{
    private const int MaxText = 1 << 20;
    private const int MaxItems = 1024;
    private const int MaxDepth = 4;

    /// <summary>Reads one reply and moves <paramref name="input"/> behind it; false while it is not whole.</summary>
    /// <exception cref="InvalidDataException">It is not RESP2.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out RedisReply reply)
    {
        var reader = new SequenceReader<byte>(input);
        if (!TryRead(ref reader, 0, out reply))
            return false;
        input = input.Slice(reader.Position);
        return true;
    }

    private static bool TryRead(ref SequenceReader<byte> reader, int depth, out RedisReply reply)
    {
        reply = RedisReply.Nothing;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
            return reader.Remaining <= MaxText ? false : throw new InvalidDataException("a line is too long");
        string text = Encoding.UTF8.GetString(line);
        if (text.Length == 0)
            throw new InvalidDataException("a line is empty");
        switch (text[0])
        {
            case '+':
                reply = new RedisReply(RedisReplyKind.Text, text[1..]);
                return true;
            case '-':
                reply = new RedisReply(RedisReplyKind.Error, text[1..]);
                return true;
            case ':':
                reply = new RedisReply(RedisReplyKind.Number, Number: Number(text));
                return true;
            case '$':
                return TryReadText(ref reader, Number(text), ref reply);
            case '*':
                return TryReadList(ref reader, Number(text), depth, ref reply);
            default:
                throw new InvalidDataException("a reply begins with none of + - : $ *");
        }
    }

    private static bool TryReadText(ref SequenceReader<byte> reader, long length, ref RedisReply reply)
    {
        if (length == -1)
            return true;
        if (length is < 0 or > MaxText)
            throw new InvalidDataException("a string is too long");
        if (reader.Remaining < length + 2)
            return false;
        reply = new RedisReply(RedisReplyKind.Text, Encoding.UTF8.GetString(reader.UnreadSequence.Slice(0, length)));
        reader.Advance(length + 2);
        return true;
    }

    private static bool TryReadList(ref SequenceReader<byte> reader, long count, int depth, ref RedisReply reply)
    {
        if (count == -1)
            return true;
        if (count is < 0 or > MaxItems || depth == MaxDepth)
            throw new InvalidDataException("a list is too long or too deep");
        var items = new RedisReply[count];
        for (int i = 0; i < items.Length; i++)
        {
            if (!TryRead(ref reader, depth + 1, out items[i]))
                return false;
        }
        reply = new RedisReply(RedisReplyKind.List, Items: items);
        return true;
    }

    private static long Number(string line) =>
        Utf8Parser.TryParse(Encoding.UTF8.GetBytes(line, 1, line.Length - 1), out long number, out int read) && read == line.Length - 1
            ? number
            : throw new InvalidDataException("a number is malformed");
}
