using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Auth.Tokens;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>The signing keys in the database, sealed under the master key.</summary>
internal sealed class SigningKeyStore(TenantDatabase database, PlatformCipher cipher, IOptions<AuthOptions> options, TimeProvider clock, ILogger<SigningKeyStore> logger)
{
    private const string Place = "signing_keys.sealed";

    /// <summary>All keys in order. Makes the first one, or the next one when the newest is old; drops those that are over.</summary>
    public async Task<IReadOnlyList<SigningKey>> LoadAsync(IReadOnlyList<SigningKey> known, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync("signing", cancellation);
        var keys = await ReadAsync(transaction, known, cancellation);
        if (!IsDue(keys))
            return keys;
        // Replicas start together: one of them makes the key, the others find it.
        await SigningKeyRows.LockAsync(transaction, cancellation);
        keys = await ReadAsync(transaction, known, cancellation);
        if (IsDue(keys))
            keys = await AddAsync(transaction, keys, cancellation);
        await transaction.CommitAsync(cancellation);
        return keys;
    }

    /// <summary>Makes a new key; answers all keys, the new one last.</summary>
    public async Task<IReadOnlyList<SigningKey>> RotateAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync("signing", cancellation);
        await SigningKeyRows.LockAsync(transaction, cancellation);
        var keys = await AddAsync(transaction, await ReadAsync(transaction, [], cancellation), cancellation);
        await transaction.CommitAsync(cancellation);
        return keys;
    }

    private bool IsDue(IReadOnlyList<SigningKey> keys) => keys.Count == 0 || keys[^1].ActiveFrom + options.Value.RotateSigningKeyAfter <= clock.GetUtcNow();

    private async Task<IReadOnlyList<SigningKey>> AddAsync(TenantTransaction transaction, IReadOnlyList<SigningKey> keys, CancellationToken cancellation)
    {
        var now = clock.GetStoredNow();
        foreach (var over in KeySchedule.Over(keys, now))
            await SigningKeyRows.DeleteAsync(transaction, over.KeyId, cancellation);
        byte[] pkcs8 = SigningKey.Make();
        try
        {
            // The very first has nobody to announce it to.
            var key = new SigningKey(Guid.CreateVersion7(now), pkcs8, keys.Count == 0 ? now : now + KeySchedule.Announce);
            await SigningKeyRows.InsertAsync(transaction, key, cipher.Seal(key.KeyId, Place, pkcs8), now, cancellation);
            logger.SigningKeyMade(key.Kid, key.ActiveFrom);
            return [.. keys.Except(KeySchedule.Over(keys, now)), key];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private async Task<IReadOnlyList<SigningKey>> ReadAsync(TenantTransaction transaction, IReadOnlyList<SigningKey> known, CancellationToken cancellation)
    {
        var rows = await SigningKeyRows.ReadAsync(transaction, cancellation);
        return [.. rows.Select(row => known.FirstOrDefault(k => k.KeyId == row.KeyId) ?? Open(row))];
    }

    private SigningKey Open(SigningKeyRow row)
    {
        byte[] pkcs8 = cipher.Open(row.KeyId, Place, row.Sealed);
        try
        {
            return new SigningKey(row.KeyId, pkcs8, row.ActiveFrom);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}
