using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using ApiKey = PromptPlatform.Auth.ApiKeys.ApiKey;

namespace PromptPlatform.Auth.Tokens;

/// <summary>Swaps an API key for a token.</summary>
internal sealed class ExchangeApiKey(TenantDatabase database, KeyLookupGuard guard, IssueToken issue, TimeProvider clock)
{
    public async Task<TokenResponse> HandleAsync(ExchangeApiKeyRequest request, CancellationToken cancellation)
    {
        issue.RequireAudience(request.Audience);
        // A typo costs no look-up.
        if (!ApiKeySecret.IsWellFormed(request.ApiKey))
            throw RequestException.Unauthenticated("this is no API key: keys begin with pp_live_ or pp_test_ and have 57 characters; copy yours whole");
        var key = await FindAsync(ApiKeySecret.Hash(request.ApiKey), cancellation);
        var now = clock.GetStoredNow();
        key.RequireLive(now);
        if (key.UseIsNews(now))
            await database.ExecuteAsync(key.OrgId, batch => ApiKeyRows.MarkUsed(batch, key, now), cancellation);
        return await issue.ForKeyAsync(key, request.Audience, cancellation);
    }

    private async Task<ApiKey> FindAsync(byte[] hash, CancellationToken cancellation)
    {
        guard.RequireMayLookUp(hash);
        await using var transaction = await database.BeginPlatformAsync("key-lookup", cancellation);
        if (await ApiKeyRows.FindByHashAsync(transaction, hash, cancellation) is { } key)
        {
            guard.NoteFound(hash);
            return key;
        }
        guard.NoteUnknown(hash);
        throw KeyLookupGuard.Unknown();
    }
}
