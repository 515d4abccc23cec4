using Microsoft.IdentityModel.Tokens;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>The public keys that tokens are verified with.</summary>
public interface ISigningKeys
{
    /// <summary>The key with an id; null when Auth has none such.</summary>
    ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation);
}
