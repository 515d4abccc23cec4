using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Everything that the engine can say in one language. Slots {0} and {1} hold words of the user.</summary>
/// <param name="Headings">By name of the section.</param>
/// <param name="Sentences">By key; the policy names them.</param>
/// <param name="Questions">By slot of missing information.</param>
internal sealed record LanguagePack(
    [property: JsonRequired] IReadOnlyDictionary<string, string> Headings,
    [property: JsonRequired] IReadOnlyDictionary<string, string> Sentences,
    [property: JsonRequired] IReadOnlyDictionary<string, string> Questions)
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    static readonly FrozenDictionary<string, LanguagePack> Shipped = Lexicons.Written.ToFrozenDictionary(l => l, Load);

    /// <summary>The pack of <paramref name="language"/>, or null when the engine does not write it.</summary>
    public static LanguagePack? For(string language) => Shipped.GetValueOrDefault(language);

    /// <summary>Every pack.</summary>
    public static IEnumerable<LanguagePack> All => Shipped.Values;

    static LanguagePack Load(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"pack.{language}.json")
            ?? throw new InvalidOperationException($"The language pack {language} is not embedded in the assembly.");
        return JsonSerializer.Deserialize<LanguagePack>(stream, Options)
            ?? throw new InvalidOperationException($"The language pack {language} is empty.");
    }
}
