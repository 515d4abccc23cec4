using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>
/// The organisations' data keys (envelope encryption): random AES-256 keys, wrapped by the master key, in table data_keys.
/// Deleting an organisation's rows there makes all its ciphertexts unreadable for ever.
/// </summary>
public sealed class DataKeys(TenantDatabase database, IOptions<EncryptionOptions> options, TimeProvider clock)
{
    private const int MaxCached = 10_000;
    private static readonly TimeSpan s_cacheFor = TimeSpan.FromMinutes(5);

    private readonly byte[] _master = options.Value.ReadMasterKey();
    private readonly ConcurrentDictionary<Guid, (DataKey Key, DateTimeOffset Until)> _current = new();
    private readonly ConcurrentDictionary<Guid, (DataKey Key, DateTimeOffset Until)> _byId = new();

    /// <summary>A key for <paramref name="purpose"/> derived from the master key (HKDF-SHA256, RFC 5869).</summary>
    internal byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>The key that new texts of the organisation are encrypted with; made on first use.</summary>
    internal async ValueTask<DataKey> CurrentAsync(Guid orgId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_current.TryGetValue(orgId, out var cached) && cached.Until > now)
            return cached.Key;
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var key = await DataKeyRows.FindCurrentAsync(transaction, cancellation);
        if (key is null)
        {
            var made = (KeyId: Guid.CreateVersion7(now), Raw: RandomNumberGenerator.GetBytes(32));
            await DataKeyRows.InsertAsync(transaction, made.KeyId, Wrap(orgId, made.KeyId, made.Raw), now, cancellation);
            await transaction.CommitAsync(cancellation);
            return await CurrentAfterInsertAsync(orgId, cancellation);
        }
        return Remember(orgId, key.Value, now, current: true);
    }

    /// <summary>The key with an id; null when it was erased.</summary>
    internal async ValueTask<DataKey?> FindAsync(Guid orgId, Guid keyId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_byId.TryGetValue(keyId, out var cached) && cached.Until > now)
            return cached.Key;
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var row = await DataKeyRows.FindAsync(transaction, keyId, cancellation);
        return row is null ? null : Remember(orgId, row.Value, now, current: false);
    }

    /// <summary>Erases every data key of the organisation: what was encrypted with them is gone.</summary>
    public async Task EraseAsync(Guid orgId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var erased = await DataKeyRows.DeleteAllAsync(transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        _current.TryRemove(orgId, out _);
        foreach (var keyId in erased)
            _byId.TryRemove(keyId, out _);
    }

    private async ValueTask<DataKey> CurrentAfterInsertAsync(Guid orgId, CancellationToken cancellation)
    {
        // Another process may have inserted first; both then use the row that won.
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var row = await DataKeyRows.FindCurrentAsync(transaction, cancellation) ?? throw new InvalidOperationException("the data key vanished");
        return Remember(orgId, row, clock.GetUtcNow(), current: true);
    }

    private DataKey Remember(Guid orgId, (Guid KeyId, byte[] Wrapped) row, DateTimeOffset now, bool current)
    {
        var key = new DataKey(row.KeyId, Unwrap(orgId, row.KeyId, row.Wrapped));
        if (_byId.Count >= MaxCached)
        {
            _byId.Clear();
            _current.Clear();
        }
        _byId[row.KeyId] = (key, now + s_cacheFor);
        if (current)
            _current[orgId] = (key, now + s_cacheFor);
        return key;
    }

    private byte[] Wrap(Guid orgId, Guid keyId, byte[] raw)
    {
        using var master = new AesGcm(_master, 16);
        return Envelope.Seal(master, raw, Envelope.Bind(orgId, keyId, "data-key"));
    }

    private byte[] Unwrap(Guid orgId, Guid keyId, byte[] wrapped)
    {
        using var master = new AesGcm(_master, 16);
        return Envelope.Open(master, wrapped, Envelope.Bind(orgId, keyId, "data-key"));
    }
}
