using System.Security.Cryptography;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>Encryption of secrets that belong to no organisation, such as signing keys, under a key derived from the master key.</summary>
public sealed class PlatformCipher(DataKeys keys)
{
    private readonly byte[] _key = keys.Derive("platform");

    /// <summary>Encrypts bytes for one row; <paramref name="place"/> names table and column, e.g. <c>signing_keys.sealed</c>.</summary>
    public byte[] Seal(Guid rowId, string place, ReadOnlySpan<byte> plain)
    {
        using var aes = new AesGcm(_key, 16);
        return Envelope.Seal(aes, plain, Envelope.Bind(Guid.Empty, rowId, place));
    }

    /// <summary>Decrypts bytes of one row.</summary>
    /// <exception cref="CryptographicException">The ciphertext was altered, belongs to another row or was made under another master key.</exception>
    public byte[] Open(Guid rowId, string place, ReadOnlySpan<byte> sealedBytes)
    {
        using var aes = new AesGcm(_key, 16);
        return Envelope.Open(aes, sealedBytes, Envelope.Bind(Guid.Empty, rowId, place));
    }
}
