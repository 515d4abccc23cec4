using Grpc.Core;
using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Idempotency;

namespace PromptPlatform.Auth.Organizations;

/// <summary>Creates an organisation and its first key; the operator only, since only its keys hold organizations:write.</summary>
internal sealed class CreateOrganization(IdempotentRequests requests, TimeProvider clock, ILogger<CreateOrganization> logger)
{
    private const string FirstKeyName = "first key";

    public async Task<CreateOrganizationResponse> HandleAsync(CreateOrganizationRequest request, ServerCallContext call)
    {
        var response = await requests.RunAsync(call, request, _ => Task.FromResult(Decide(request)));
        logger.OrganizationCreated(response.Organization.Id, response.ApiKey.Id);
        return response;
    }

    private Effect<CreateOrganizationResponse> Decide(CreateOrganizationRequest request)
    {
        var now = clock.GetStoredNow();
        var organization = Organization.Make(request.Name, isOperator: false, now);
        var (key, secret) = ApiKeys.ApiKey.Make(organization.OrgId, FirstKeyName, ApiKeySecret.Live, KeyScopes.OfOrganization, expiresAt: null, now);
        var response = new CreateOrganizationResponse { Organization = organization.ToMessage(), ApiKey = key.ToMessage(), Secret = secret };
        return new Effect<CreateOrganizationResponse>(response, organization.OrgId, batch =>
        {
            OrganizationRows.Insert(batch, organization);
            ApiKeyRows.Insert(batch, key, ApiKeySecret.Hash(secret));
        });
    }
}
