using System.Text.Json;
using System.Text.Json.Serialization;
using PromptPlatform.Catalog.Techniques;

namespace PromptPlatform.Catalog.Seeding;

/// <summary>One line of techniques.jsonl, as the file writes it. A field that is missing, unknown or null where it may not be is refused.</summary>
internal sealed record SeedLine(
    string Id, string Name, string Family, string What, string[] Helps, string[] Hurts, Dictionary<string, bool> Requires, string ApplyMode, int LlmCalls,
    double TokenCostFactor, string ReasoningModels, string SuggestedPolicy, SeedEvidence Evidence, string? Caveat, string[] CombinesWith,
    string[] ConflictsWith, string[] Intents, string[] Intents16)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static SeedLine Read(string line) => JsonSerializer.Deserialize<SeedLine>(line, s_options) ?? throw new JsonException("null is no technique");

    public Technique ToTechnique() => new(
        Id, Name, Family, What, Helps, Hurts, [.. Requires.Where(r => r.Value).Select(r => r.Key)], ApplyMode, LlmCalls, TokenCostFactor,
        ReasoningModels, SuggestedPolicy, Evidence.ToEvidence(), Caveat, CombinesWith, ConflictsWith,
        Intents16.Contains(TechniqueWords.AnyIntent) ? TechniqueWords.Intents : Intents16);
}

/// <summary>The evidence of a line and how far it was checked.</summary>
/// <param name="FigureStatus"><c>abstract</c>: seen at the source; <c>secondary</c>: quoted by others; <c>none</c>.</param>
/// <param name="ArxivCheck"><c>confirmed</c> or <c>n/a</c>.</param>
internal sealed record SeedEvidence(string Paper, string? Arxiv, string? Figure, string FigureStatus, string? VerifiedVia, string ArxivCheck)
{
    // What was not seen at the source is not told as a fact: anything but these exact words hides it.
    public Evidence ToEvidence() => new(Paper, ArxivCheck == "confirmed" ? Arxiv : null, FigureStatus == "abstract" ? Figure : null);
}
