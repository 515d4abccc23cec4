using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Auth.Tokens;

/// <summary>Settings of Auth, section <c>Auth</c>.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    /// <summary>The services of the fleet by name, the gateway among them: they fetch tokens, and tokens can be for them.</summary>
    public Dictionary<string, FleetServiceOptions> Services { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Age at which a signing key gets a successor by itself.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan RotateSigningKeyAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Wrong API keys per second, each of which may cost a look-up; beyond it keys not seen before wait.</summary>
    [Range(1, 10_000)]
    public int MaxWrongKeysPerSecond { get; set; } = 50;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Services.Count == 0)
            yield return new ValidationResult("Auth:Services is empty: give Auth:Services:<name>:SecretSha256 for the gateway and each service");
        foreach (var (name, service) in Services)
        {
            if (!service.HasSecret)
                yield return new ValidationResult($"Auth:Services:{name}:SecretSha256 is missing or not 64 hexadecimal digits: give the SHA-256 of the service's secret");
        }
    }
}
