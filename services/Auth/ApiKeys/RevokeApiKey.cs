using PromptPlatform.Auth.Revocations;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>Revokes a key of the caller's organisation; the news of it commits with it. Revoking twice changes nothing.</summary>
internal sealed class RevokeApiKey(TenantDatabase database, RevocationFeed feed, TimeProvider clock, ILogger<RevokeApiKey> logger)
{
    public async Task<RevokeApiKeyResponse> HandleAsync(RevokeApiKeyRequest request, Caller caller, CancellationToken cancellation)
    {
        var keyId = PublicId.Parse("key", "API key", request.Id);
        await using var transaction = await database.BeginAsync(caller.OrgId, cancellation);
        var key = await ApiKeyRows.FindForUpdateAsync(transaction, keyId, cancellation) ?? throw RequestException.NotFound("API key", request.Id);
        if (key.RevokedAt is null)
        {
            key = key with { RevokedAt = clock.GetStoredNow() };
            await using var batch = transaction.Batch();
            ApiKeyRows.MarkRevoked(batch, key);
            RevocationRows.Insert(batch, key.OrgId, "key", key.PublicKeyId, key.RevokedAt.Value);
            batch.EraseAnswersOf(key.OrgId, key.KeyId);
            await batch.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            feed.Hurry();
            logger.ApiKeyRevoked(key.PublicKeyId, caller.Subject);
        }
        return new RevokeApiKeyResponse { ApiKey = key.ToMessage() };
    }
}
