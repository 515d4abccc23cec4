using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.ServiceDefaults.Idempotency;

/// <summary>
/// Runs a write at most once per <c>Idempotency-Key</c>. The key's row commits in the transaction of the effect, so a crash
/// leaves both or neither. Answers are kept encrypted for 24 hours; a failed request stores nothing and may be repeated.
/// </summary>
public sealed class IdempotentRequests(TenantDatabase database, PromptCipher cipher, TimeProvider clock) : IDisposable
{
    // A keyed request holds one connection while it thinks and may need a second; this many at once leave room for both in the pool.
    private const int MaxKeyed = 8;
    private static readonly TimeSpan s_retention = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _room = new(MaxKeyed);

    /// <summary>
    /// Thinks, then writes the effect and answers; with a key that was used before answers as then. Errors: 400 wrong key,
    /// 422 <c>idempotency_key_reused</c> for another body, 409 <c>idempotency_in_flight</c> while the first still runs.
    /// </summary>
    public async Task<TResponse> RunAsync<TResponse>(ServerCallContext call, IMessage request, Func<CancellationToken, Task<Effect<TResponse>>> think)
        where TResponse : IMessage<TResponse>, new()
    {
        var caller = call.Caller();
        var cancellation = call.CancellationToken;
        if (IdempotencyKey.Read(call) is not { } key)
        {
            var effect = await think(cancellation);
            RequireRows(effect.Rows, await database.ExecuteAsync(caller.OrgId, effect.Write, cancellation));
            return effect.Response;
        }
        await _room.WaitAsync(cancellation);
        try
        {
            return await RunOnceAsync(call, new IdempotencyRow(caller.OrgId, caller.Subject, key), Fingerprint(call.Method, request), think);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>Whether the call carries a key; its answer is then stored before it is sent and cannot hold the time that storing took.</summary>
    public static bool HasKey(ServerCallContext call) => IdempotencyKey.Read(call) is not null;

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<TResponse> RunOnceAsync<TResponse>(ServerCallContext call, IdempotencyRow keyRow, byte[] fingerprint, Func<CancellationToken, Task<Effect<TResponse>>> think)
        where TResponse : IMessage<TResponse>, new()
    {
        // 1 lock the key  2 replay what is stored  3 think  4 write effect and key together
        var cancellation = call.CancellationToken;
        await using var transaction = await database.BeginAsync(keyRow.OrgId, cancellation); // 1
        if (!await keyRow.TryLockAsync(transaction, cancellation))
            throw RequestException.Conflict("idempotency_in_flight", "a request with this Idempotency-Key is still running; wait and send it again", TimeSpan.FromSeconds(1));
        if (await keyRow.FindAsync(transaction, clock.GetUtcNow() - s_retention, cancellation) is { } stored) // 2
            return await ReplayAsync<TResponse>(call, keyRow, stored, fingerprint);
        var decided = await think(cancellation); // 3
        byte[] answer = await cipher.EncryptAsync(keyRow.OrgId, keyRow.RowId, "idempotency_keys.answer", decided.Response.ToByteArray(), cancellation);
        await using var batch = transaction.Batch(); // 4
        decided.Write(batch);
        keyRow.Insert(batch, fingerprint, answer, decided.Subject, clock.GetUtcNow());
        RequireRows(decided.Rows + 1, await batch.ExecuteNonQueryAsync(cancellation));
        await transaction.CommitAsync(cancellation);
        return decided.Response;
    }

    private async Task<TResponse> ReplayAsync<TResponse>(ServerCallContext call, IdempotencyRow row, StoredAnswer stored, byte[] fingerprint)
        where TResponse : IMessage<TResponse>, new()
    {
        if (!stored.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            throw RequestException.Unprocessable("idempotency_key_reused", "this Idempotency-Key was used with another body; take a new key for a new request");
        if (stored.Answer is null)
            throw RequestException.NotFound("the answer to this Idempotency-Key (it was erased)", row.Key);
        byte[] answer = await cipher.DecryptAsync(row.OrgId, row.RowId, "idempotency_keys.answer", stored.Answer, call.CancellationToken);
        await call.WriteResponseHeadersAsync(new Metadata { { IdempotencyKey.ReplayedHeader, "true" } });
        return new MessageParser<TResponse>(() => new TResponse()).ParseFrom(answer);
    }

    // Commands with a row count are written so that they touch nothing when one of them finds another state than the use case saw.
    private static void RequireRows(int? wanted, int touched)
    {
        if (wanted is not null && wanted != touched)
            throw RequestException.Conflict("concurrent_change", "it was changed at the same time by another request; send it again");
    }

    private byte[] Fingerprint(string method, IMessage request)
    {
        byte[] body = request.ToByteArray();
        byte[] bytes = new byte[System.Text.Encoding.UTF8.GetByteCount(method) + body.Length];
        int length = System.Text.Encoding.UTF8.GetBytes(method, bytes);
        body.CopyTo(bytes, length);
        return cipher.Fingerprint(bytes);
    }
}
