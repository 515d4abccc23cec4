using System.Buffers;
using Google.Protobuf;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Reads messages out of frames; one context per thread is reused.</summary>
internal sealed class FrameReader : DeserializationContext
{
    [ThreadStatic]
    private static FrameReader? cached;

    private ReadOnlySequence<byte> payload;

    public override int PayloadLength => (int)payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;

    /// <summary>One message; what cannot be decoded is INTERNAL, as the specification says.</summary>
    public static T Read<T>(Func<DeserializationContext, T> deserializer, in ReadOnlySequence<byte> payload)
    {
        FrameReader reader = cached ?? new FrameReader();
        cached = null;
        reader.payload = payload;
        try
        {
            return deserializer(reader);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw RpcErrors.Of(StatusCode.Internal, "Error deserializing message.", e);
        }
        finally
        {
            reader.payload = default;
            cached = reader;
        }
    }
}
