namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>The claims of a fleet token: iss, aud, sub, iat, nbf, exp, jti and those named here.</summary>
public static class FleetToken
{
    /// <summary>The organisation's id, 32 hexadecimal digits; absent for a service.</summary>
    public const string OrgClaim = "org";

    /// <summary>The API key behind the token.</summary>
    public const string KeyClaim = "key";

    /// <summary>Scopes parted by spaces (RFC 8693, section 4.2).</summary>
    public const string ScopeClaim = "scope";

    /// <summary>How long a token lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
}
