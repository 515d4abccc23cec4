using System.Security.Cryptography;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>One organisation's data key, unwrapped.</summary>
/// <param name="KeyId">Its id, kept with every ciphertext.</param>
/// <param name="Aes">AES-256-GCM under the key; safe for concurrent use.</param>
internal sealed record DataKey(Guid KeyId, AesGcm Aes);
