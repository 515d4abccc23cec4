using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Which technique suits which prompt, as data; immutable and checked when it is read.</summary>
public sealed class TechniquePolicy
{
    static readonly string[] NoNames = [];
    readonly FrozenDictionary<string, TechniqueFacts> facts;

    internal TechniquePolicy(string version, PolicyFile file)
    {
        Version = version;
        File = file;
        facts = file.Techniques.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The policy that ships with the product.</summary>
    public static TechniquePolicy Shipped { get; } = ReadShipped();

    /// <summary>Hash of the content: of the file and of the sentences that it can write.</summary>
    public string Version { get; }

    internal PolicyFile File { get; }

    /// <summary>Techniques that an organisation has switched off.</summary>
    internal IReadOnlySet<string> Off { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Reads a policy from the bytes of a JSON file.</summary>
    /// <exception cref="InvalidDataException">It is no valid policy; the message names the rule and the cure.</exception>
    public static TechniquePolicy Parse(ReadOnlySpan<byte> json)
    {
        var file = PolicyReader.Read(json);
        PolicyValidation.Check(file);
        return new(VersionOf(json), file);
    }

    internal static string VersionOf(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content);
        foreach (var language in Reading.Lexicons.Written)
            hash.AppendData(Resource($"pack.{language}.json"));
        return "pol_" + Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Id of the technique in the catalogue whose evidence stands for <paramref name="technique"/>.</summary>
    internal string EvidenceOf(string technique) => facts.TryGetValue(technique, out var known) ? known.Evidence : technique;

    /// <summary>Why the technique is not applied, for the user.</summary>
    internal string ReasonOf(DeclineRule decline) => decline.Reason ?? facts[decline.Technique].Refusal()!;

    /// <summary>Whether the two may not be applied together.</summary>
    internal bool Conflict(PolicyRule one, PolicyRule other) => Names(one, other) || Names(other, one);

    /// <summary>Rules and techniques that must be applied for <paramref name="rule"/> to be.</summary>
    internal IEnumerable<string> Requires(PolicyRule rule) =>
        rule.Requires.Concat(facts.TryGetValue(rule.Technique, out var known) ? known.Requires.Where(facts.ContainsKey) : NoNames);

    bool Names(PolicyRule one, PolicyRule other) =>
        one.Conflicts.Contains(other.Id) || one.Conflicts.Contains(other.Technique)
        || facts.TryGetValue(one.Technique, out var known) && known.Conflicts.Contains(other.Technique);

    static TechniquePolicy ReadShipped() => Parse(Resource("policy.json"));

    static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
