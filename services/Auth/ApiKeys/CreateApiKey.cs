using Grpc.Core;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.ApiKeys;

/// <summary>Creates a key of the caller's organisation.</summary>
internal sealed class CreateApiKey(IdempotentRequests requests, TimeProvider clock, ILogger<CreateApiKey> logger)
{
    public async Task<CreateApiKeyResponse> HandleAsync(CreateApiKeyRequest request, ServerCallContext call)
    {
        var caller = call.Caller();
        var response = await requests.RunAsync(call, request, _ => Task.FromResult(Decide(request, caller)));
        logger.ApiKeyCreated(response.ApiKey.Id, PublicId.Format("org", caller.OrgId), caller.Subject);
        return response;
    }

    private Effect<CreateApiKeyResponse> Decide(CreateApiKeyRequest request, Caller caller)
    {
        if (caller.IsService)
            throw RequestException.Forbidden("a service has no organisation; use an organisation's key");
        string environment = TextRules.OneOf("environment", request.Environment, "live", "live", "test");
        string[] scopes = KeyScopes.Choose(request.Scopes, caller);
        var expiresAt = ApiKeyMapping.ReadTime("expiresAt", request.ExpiresAt);
        var (key, secret) = ApiKey.Make(caller.OrgId, request.Name, environment == "test" ? ApiKeySecret.Test : ApiKeySecret.Live, scopes, expiresAt, clock.GetStoredNow());
        var response = new CreateApiKeyResponse { ApiKey = key.ToMessage(), Secret = secret };
        return new Effect<CreateApiKeyResponse>(response, key.KeyId, batch => ApiKeyRows.Insert(batch, key, ApiKeySecret.Hash(secret)));
    }
}
