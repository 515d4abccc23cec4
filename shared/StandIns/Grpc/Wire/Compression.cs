using System.Buffers;
using System.IO.Compression;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Message compression. The limit holds for the decompressed size, so a small bomb cannot fill the memory.</summary>
internal static class Compression
{
    public const string Supported = "identity,gzip,deflate";

    public static bool IsSupported(string encoding) => encoding is "identity" or "gzip" or "deflate";

    public static ReadOnlySequence<byte> Decompress(in ReadOnlySequence<byte> payload, string? encoding, int maxSize)
    {
        if (encoding is null or "identity")
        {
            throw RpcErrors.Of(StatusCode.Internal, "Message is compressed but no grpc-encoding was given.");
        }

        using var input = new MemoryStream(payload.ToArray(), writable: false);
        using Stream inflated = Open(input, encoding);
        var output = new MemoryStream();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = inflated.Read(chunk)) > 0)
            {
                if (output.Length + read > maxSize)
                {
                    throw RpcErrors.ReceivedTooLarge();
                }

                output.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            throw RpcErrors.Of(StatusCode.Internal, "Error decompressing message.", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return new ReadOnlySequence<byte>(output.GetBuffer(), 0, (int)output.Length);
    }

    public static ReadOnlyMemory<byte> Gzip(ReadOnlySpan<byte> payload, CompressionLevel level)
    {
        var output = new MemoryStream();
        using (var deflater = new GZipStream(output, level, leaveOpen: true))
        {
            deflater.Write(payload);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    // "deflate" means the zlib format (RFC 1950), as in HTTP.
    private static Stream Open(Stream input, string encoding) => encoding switch
    {
        "gzip" => new GZipStream(input, CompressionMode.Decompress),
        "deflate" => new ZLibStream(input, CompressionMode.Decompress),
        _ => throw RpcErrors.Of(StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {Supported}"),
    };
}
