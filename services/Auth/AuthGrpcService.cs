using Grpc.Core;
using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Auth.Organizations;
using PromptPlatform.Auth.Revocations;
using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.Auth.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;
using Organization = PromptPlatform.Contracts.Auth.V1.Organization;

namespace PromptPlatform.Auth;

/// <summary>The RPCs of Auth, each one line to its use case.</summary>
internal sealed class AuthGrpcService(
    CreateOrganization createOrganization, ListOrganizations listOrganizations, GetOrganization getOrganization,
    CreateApiKey createKey, ListApiKeys listKeys, RevokeApiKey revokeKey,
    ExchangeApiKey exchangeKey, ExchangeServiceSecret exchangeSecret, IntrospectToken introspect,
    GetJwks getJwks, RotateSigningKey rotate, WatchRevocations watch, ListRevocations listRevocations) : AuthService.AuthServiceBase
{
    public override Task<CreateOrganizationResponse> CreateOrganization(CreateOrganizationRequest request, ServerCallContext context) => createOrganization.HandleAsync(request, context);

    public override Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context) => listOrganizations.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<Organization> GetOrganization(GetOrganizationRequest request, ServerCallContext context) => getOrganization.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<CreateApiKeyResponse> CreateApiKey(CreateApiKeyRequest request, ServerCallContext context) => createKey.HandleAsync(request, context);

    public override Task<ListApiKeysResponse> ListApiKeys(ListApiKeysRequest request, ServerCallContext context) => listKeys.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<RevokeApiKeyResponse> RevokeApiKey(RevokeApiKeyRequest request, ServerCallContext context) => revokeKey.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<TokenResponse> ExchangeApiKey(ExchangeApiKeyRequest request, ServerCallContext context) => exchangeKey.HandleAsync(request, context.CancellationToken);

    public override Task<TokenResponse> ExchangeServiceSecret(ExchangeServiceSecretRequest request, ServerCallContext context) => exchangeSecret.HandleAsync(request, context.CancellationToken);

    public override Task<IntrospectTokenResponse> IntrospectToken(IntrospectTokenRequest request, ServerCallContext context) => introspect.HandleAsync(request, context.CancellationToken);

    public override Task<GetJwksResponse> GetJwks(GetJwksRequest request, ServerCallContext context) => getJwks.HandleAsync(context.CancellationToken);

    public override Task<RotateSigningKeyResponse> RotateSigningKey(RotateSigningKeyRequest request, ServerCallContext context) => rotate.HandleAsync(context.CancellationToken);

    public override Task WatchRevocations(WatchRevocationsRequest request, IServerStreamWriter<RevocationBatch> responseStream, ServerCallContext context) => watch.HandleAsync(request, responseStream, context.CancellationToken);

    public override Task<RevocationBatch> ListRevocations(ListRevocationsRequest request, ServerCallContext context) => listRevocations.HandleAsync(request, context.CancellationToken);
}
