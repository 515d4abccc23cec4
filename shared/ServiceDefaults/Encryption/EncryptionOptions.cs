using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.ServiceDefaults.Encryption;

/// <summary>Settings of encryption at rest, section <c>Encryption</c>.</summary>
public sealed class EncryptionOptions : IValidatableObject
{
    /// <summary>The master key that wraps the organisations' data keys: 32 bytes in base64. This or <see cref="MasterKeyFile"/>.</summary>
    public string? MasterKey { get; set; }

    /// <summary>A file that holds the master key in base64, e.g. a mounted secret.</summary>
    public string? MasterKeyFile { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? problem = Problem();
        if (problem is not null)
            yield return new ValidationResult(problem);
    }

    /// <summary>The 32 bytes of the master key.</summary>
    internal byte[] ReadMasterKey() => Convert.FromBase64String(MasterKey ?? File.ReadAllText(MasterKeyFile!).Trim());

    private string? Problem()
    {
        if (MasterKey is null && MasterKeyFile is null)
            return "Encryption:MasterKey or Encryption:MasterKeyFile is missing: give 32 random bytes in base64 (openssl rand -base64 32)";
        if (MasterKey is null && !File.Exists(MasterKeyFile))
            return "Encryption:MasterKeyFile names a file that does not exist";
        Span<byte> key = stackalloc byte[64];
        bool right = Convert.TryFromBase64String(MasterKey ?? File.ReadAllText(MasterKeyFile!).Trim(), key, out int length) && length == 32;
        return right ? null : "Encryption:MasterKey is not 32 bytes in base64";
    }
}
