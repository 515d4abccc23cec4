using PromptPlatform.Contracts.Auth.V1;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>The public signing keys.</summary>
internal sealed class GetJwks(SigningKeyRing ring)
{
    public async Task<GetJwksResponse> HandleAsync(CancellationToken cancellation)
    {
        await ring.CurrentAsync(cancellation);
        return new GetJwksResponse { Keys = { ring.Published.Select(k => k.Published) } };
    }
}
