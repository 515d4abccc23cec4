using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>Bytes of one AES-256-GCM encryption (NIST SP 800-38D): nonce (12) | ciphertext | tag (16).</summary>
internal static class Envelope
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Associated data that binds a ciphertext to its organisation, row and place, so that it cannot be moved.</summary>
    public static byte[] Bind(Guid orgId, Guid rowId, string place)
    {
        byte[] bound = new byte[32 + Encoding.UTF8.GetByteCount(place)];
        orgId.TryWriteBytes(bound);
        rowId.TryWriteBytes(bound.AsSpan(16));
        Encoding.UTF8.GetBytes(place, bound.AsSpan(32));
        return bound;
    }

    public static byte[] Seal(AesGcm aes, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound, int reserve = 0)
    {
        byte[] sealedBytes = new byte[reserve + NonceSize + plain.Length + TagSize];
        var body = sealedBytes.AsSpan(reserve);
        RandomNumberGenerator.Fill(body[..NonceSize]);
        aes.Encrypt(body[..NonceSize], plain, body.Slice(NonceSize, plain.Length), body[^TagSize..], bound);
        return sealedBytes;
    }

    public static byte[] Open(AesGcm aes, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> bound)
    {
        if (sealedBytes.Length < NonceSize + TagSize)
            throw new CryptographicException("ciphertext is too short");
        byte[] plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[NonceSize..^TagSize], sealedBytes[^TagSize..], plain, bound);
        return plain;
    }
}
