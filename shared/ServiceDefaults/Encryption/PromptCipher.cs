using System.Security.Cryptography;
using System.Text;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>
/// Encryption of prompt text at rest with the organisation's data key.
/// Layout of a ciphertext: version (1) | data key id (16) | nonce (12) | ciphertext | tag (16).
/// </summary>
public sealed class PromptCipher(DataKeys keys)
{
    private const byte Version = 1;
    private const int HeaderSize = 17;

    private readonly byte[] _fingerprintKey = keys.Derive("fingerprint");

    /// <summary>Encrypts bytes for one row; <paramref name="place"/> names table and column, e.g. <c>enhancements.answer</c>.</summary>
    public async ValueTask<byte[]> EncryptAsync(Guid orgId, Guid rowId, string place, ReadOnlyMemory<byte> plain, CancellationToken cancellation)
    {
        var key = await keys.CurrentAsync(orgId, cancellation);
        using var aes = key.Open();
        byte[] sealedBytes = Envelope.Seal(aes, plain.Span, Envelope.Bind(orgId, rowId, place), HeaderSize);
        sealedBytes[0] = Version;
        key.KeyId.TryWriteBytes(sealedBytes.AsSpan(1));
        return sealedBytes;
    }

    /// <summary>Encrypts text (UTF-8) for one row.</summary>
    public ValueTask<byte[]> EncryptAsync(Guid orgId, Guid rowId, string place, string plain, CancellationToken cancellation) =>
        EncryptAsync(orgId, rowId, place, Encoding.UTF8.GetBytes(plain), cancellation);

    /// <summary>Decrypts bytes of one row. A text whose key was erased is gone: <see cref="RequestFault.NotFound"/>.</summary>
    /// <exception cref="CryptographicException">The ciphertext was altered or belongs to another row.</exception>
    public async ValueTask<byte[]> DecryptAsync(Guid orgId, Guid rowId, string place, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellation)
    {
        if (sealedBytes.Length < HeaderSize || sealedBytes.Span[0] != Version)
            throw new CryptographicException("unknown ciphertext version");
        var keyId = new Guid(sealedBytes.Span[1..HeaderSize]);
        var key = await keys.FindAsync(orgId, keyId, cancellation) ?? throw RequestException.NotFound("text (its key was erased)", rowId.ToString());
        using var aes = key.Open();
        return Envelope.Open(aes, sealedBytes.Span[HeaderSize..], Envelope.Bind(orgId, rowId, place));
    }

    /// <summary>Decrypts text of one row.</summary>
    public async ValueTask<string> DecryptTextAsync(Guid orgId, Guid rowId, string place, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellation) =>
        Encoding.UTF8.GetString(await DecryptAsync(orgId, rowId, place, sealedBytes, cancellation));

    /// <summary>A keyed hash (HMAC-SHA256): equal for equal bytes, and of no use to guess them without the master key.</summary>
    public byte[] Fingerprint(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(_fingerprintKey, bytes);
}
