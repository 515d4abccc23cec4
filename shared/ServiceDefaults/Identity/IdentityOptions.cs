using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>Settings of identity inside the fleet, section <c>Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>The issuer of tokens.</summary>
    [Required]
    public string Issuer { get; set; } = "promptplatform-auth";

    /// <summary>The audience this service accepts: its name.</summary>
    [Required(ErrorMessage = "Identity:Audience is missing: give the service's name")]
    public string Audience { get; set; } = "";

    /// <summary>The service's own secret, with which it fetches tokens from Auth; empty: it calls no other service.</summary>
    public string ServiceSecret { get; set; } = "";

    /// <summary>Clock difference tolerated between services.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);
}
