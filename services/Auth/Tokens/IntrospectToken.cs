using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.Tokens;

/// <summary>Whether a token is live and whose it is; of any other token nothing but that it is not.</summary>
internal sealed class IntrospectToken(TokenVerifier verifier)
{
    public async Task<IntrospectTokenResponse> HandleAsync(IntrospectTokenRequest request, CancellationToken cancellation)
    {
        if (await verifier.InspectAsync(request.Token, cancellation) is not { } token)
            return new IntrospectTokenResponse { Active = false };
        var caller = token.Caller;
        return new IntrospectTokenResponse
        {
            Active = true,
            Subject = caller.Subject,
            OrgId = caller.IsService ? "" : PublicId.Format("org", caller.OrgId),
            KeyId = caller.KeyId,
            Audience = token.Audience,
            Scopes = { caller.Scopes.Order(StringComparer.Ordinal) },
            ExpiresAt = caller.ExpiresAt.ToTimestamp(),
        };
    }
}
