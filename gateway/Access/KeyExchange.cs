using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Gateway.Access;

/// <summary>Swaps API keys for fleet tokens at Auth.</summary>
internal sealed class KeyExchange(AuthService.AuthServiceClient auth, IOptions<AccessOptions> options, TimeProvider clock, ILogger<KeyExchange> logger)
{
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_unusableBefore = TimeSpan.FromSeconds(30);
    private int _running;

    /// <summary>A grant for the key. Errors: 401 with Auth's reason when it refuses the key, 503 when it cannot be asked.</summary>
    public async Task<Grant> ExchangeAsync(string key, string audience)
    {
        if (Interlocked.Increment(ref _running) > options.Value.MaxExchanges)
        {
            Interlocked.Decrement(ref _running);
            throw RequestException.Unavailable("auth");
        }
        try
        {
            // The answer serves everybody who waits for this key, so no single caller's cancellation ends it; its deadline does.
            var request = new ExchangeApiKeyRequest { ApiKey = key, Audience = audience };
            return Read(await auth.ExchangeApiKeyAsync(request, deadline: clock.GetUtcNow().UtcDateTime + options.Value.ExchangeTimeout));
        }
        catch (RpcException error)
        {
            var fault = error.ToRequestException();
            // Anything else says nothing about the key: Auth is away, full, or does not know this audience.
            if (fault.Fault == RequestFault.Unauthenticated)
                throw RequestException.Unauthenticated(fault.Message.Length > 0 ? fault.Message : "the API key is not accepted; use another one");
            logger.ExchangeFailed(audience, error);
            throw RequestException.Unavailable("auth", error);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static Grant Read(TokenResponse answer)
    {
        var expiresAt = answer.ExpiresAt.ToDateTimeOffset();
        var orgId = PublicId.Parse("org", "organization", answer.OrgId);
        var caller = new Caller(answer.KeyId, orgId, answer.KeyId, answer.Scopes.ToHashSet(StringComparer.Ordinal), expiresAt);
        return new Grant(caller, new StringValues("Bearer " + answer.Token), expiresAt - s_renewBefore, expiresAt - s_unusableBefore);
    }
}
