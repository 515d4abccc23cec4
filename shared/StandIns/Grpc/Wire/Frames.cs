using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>The length-prefixed message: one byte "compressed", four bytes length, then the payload.</summary>
internal static class Frames
{
    public const int HeaderSize = 5;

    public static void WriteHeader(Span<byte> destination, bool compressed, int length)
    {
        destination[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)length);
    }

    /// <summary>Takes one whole frame off the front of the buffer; false when more bytes are needed.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxSize, out ReadOnlySequence<byte> payload, out bool compressed)
    {
        payload = default;
        compressed = false;
        if (buffer.Length < HeaderSize)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        ParseHeader(header, maxSize, out compressed, out int length);
        if (buffer.Length < HeaderSize + (long)length)
        {
            return false;
        }

        payload = buffer.Slice(HeaderSize, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }

    public static void ParseHeader(ReadOnlySpan<byte> header, int maxSize, out bool compressed, out int length)
    {
        if (header[0] > 1)
        {
            throw RpcErrors.Of(StatusCode.Internal, "Unexpected compressed flag value in message header.");
        }

        compressed = header[0] == 1;
        uint declared = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        length = declared <= (uint)maxSize ? (int)declared : throw RpcErrors.ReceivedTooLarge();
    }
}
