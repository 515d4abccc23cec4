using System.Text;

namespace PromptPlatform.Inference.Tokenization;

/// <summary>What a piece of the vocabulary is.</summary>
internal enum PieceKind : byte
{
    Normal = 0,
    Control = 1,
    Byte = 2,
    UserDefined = 3,
}

/// <summary>One entry: its UTF-8 text (a space as U+2581), the logarithm of its probability, its kind.</summary>
internal sealed record Piece(byte[] Text, float Score, PieceKind Kind);

/// <summary>
/// The pieces of a tokenizer.bin. Little-endian: "PPT1", then int32 size, unknown id, padding id, id of byte 0x00; then per
/// piece int32 length, float32 score, byte kind, UTF-8 text.
/// </summary>
internal sealed class Vocabulary
{
    private const int MaxSize = 1_000_000, MaxPieceBytes = 1024;

    private Vocabulary(IReadOnlyList<Piece> pieces, int unknownId, int padId, int firstByteId)
    {
        Pieces = pieces;
        UnknownId = unknownId;
        PadId = padId;
        FirstByteId = firstByteId;
    }

    public IReadOnlyList<Piece> Pieces { get; }

    public int UnknownId { get; }

    public int PadId { get; }

    /// <summary>Id of byte 0x00; the other bytes follow it.</summary>
    public int FirstByteId { get; }

    /// <summary>Reads a vocabulary.</summary>
    /// <exception cref="InvalidDataException">It is not one, or was cut short.</exception>
    public static Vocabulary Read(Stream stream)
    {
        using BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return Read(reader);
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("the tokenizer file ends too early", fault);
        }
    }

    private static Vocabulary Read(BinaryReader reader)
    {
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual("PPT1"u8)) throw new InvalidDataException("the tokenizer file does not start with PPT1");
        var size = Within(reader.ReadInt32(), 256, MaxSize, "vocabulary size");
        var unknown = Within(reader.ReadInt32(), 0, size - 1, "unknown id");
        var pad = Within(reader.ReadInt32(), 0, size - 1, "padding id");
        var firstByte = Within(reader.ReadInt32(), 0, size - 256, "id of the first byte");

        var pieces = new Piece[size];
        for (var id = 0; id < size; id++)
        {
            var length = Within(reader.ReadInt32(), 0, MaxPieceBytes, "length of a piece");
            var score = reader.ReadSingle();
            var kind = (PieceKind)Within(reader.ReadByte(), 0, (int)PieceKind.UserDefined, "kind of a piece");
            var text = reader.ReadBytes(length);
            pieces[id] = text.Length == length ? new(text, score, kind) : throw new EndOfStreamException();
        }

        for (var value = 0; value < 256; value++)
        {
            if (pieces[firstByte + value].Kind != PieceKind.Byte) throw new InvalidDataException($"piece {firstByte + value} is not byte 0x{value:X2}");
        }

        return new(pieces, unknown, pad, firstByte);
    }

    private static int Within(int value, int least, int most, string what) => value >= least && value <= most
        ? value
        : throw new InvalidDataException($"the {what} of the tokenizer file is {value}, outside {least}..{most}");
}
