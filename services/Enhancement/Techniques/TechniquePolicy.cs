using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Which technique suits which prompt, as data; immutable and checked when it is read.</summary>
public sealed class TechniquePolicy
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    TechniquePolicy(string version, PolicyFile file)
    {
        Version = version;
        File = file;
    }

    /// <summary>The policy that ships with the product.</summary>
    public static TechniquePolicy Shipped { get; } = ReadShipped();

    /// <summary>Hash of the content.</summary>
    public string Version { get; }

    internal PolicyFile File { get; }

    /// <summary>Reads a policy from the bytes of a JSON file.</summary>
    /// <exception cref="InvalidDataException">It is no valid policy; the message names the rule and the cure.</exception>
    public static TechniquePolicy Parse(ReadOnlySpan<byte> json)
    {
        PolicyFile file;
        try
        {
            file = JsonSerializer.Deserialize<PolicyFile>(json, Options) ?? throw new InvalidDataException("The policy is empty: write an object with rules, declines, slots and limits.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The policy is no valid JSON at {e.Path}, line {e.LineNumber + 1}: {e.Message}", e);
        }
        PolicyValidation.Check(file);
        return new("pol_" + Convert.ToHexStringLower(SHA256.HashData(json))[..16], file);
    }

    static TechniquePolicy ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("policy.json")
            ?? throw new InvalidOperationException("The policy is not embedded in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray());
    }
}

/// <summary>The policy file.</summary>
internal sealed record PolicyFile
{
    public string About { get; init; } = "";

    /// <summary>Most added lines by style, and for reasoning models.</summary>
    public required IReadOnlyDictionary<string, int> Limits { get; init; }

    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    public required IReadOnlyList<DeclineRule> Declines { get; init; }

    public required IReadOnlyList<SlotRule> Slots { get; init; }
}
