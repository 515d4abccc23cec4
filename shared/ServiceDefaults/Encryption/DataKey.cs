using System.Security.Cryptography;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>One organisation's data key, unwrapped.</summary>
/// <param name="KeyId">Its id, kept with every ciphertext.</param>
/// <param name="Raw">32 bytes.</param>
internal sealed record DataKey(Guid KeyId, byte[] Raw)
{
    /// <summary>AES-256-GCM under the key, for one caller: an <see cref="AesGcm"/> is not safe for two threads at once.</summary>
    public AesGcm Open() => new(Raw, 16);
}
