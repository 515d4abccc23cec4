using PromptPlatform.Contracts.Auth.V1;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>Makes a new signing key; it is published at once and signs half a minute later.</summary>
internal sealed class RotateSigningKey(SigningKeyRing ring)
{
    public async Task<RotateSigningKeyResponse> HandleAsync(CancellationToken cancellation) =>
        new() { Kid = (await ring.RotateAsync(cancellation)).Kid };
}
