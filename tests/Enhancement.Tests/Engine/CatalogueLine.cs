using System.Text.Json;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What the catalogue says of a technique, from the file that Catalog is seeded with.</summary>
internal sealed record CatalogueLine(string Id, string ApplyMode, int LlmCalls, string ReasoningModels, Dictionary<string, bool> Requires, string[] ConflictsWith)
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<CatalogueLine> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Engine", "techniques.jsonl")).Select(line => JsonSerializer.Deserialize<CatalogueLine>(line, Options)!)];

    /// <summary>Whether one call with nothing but the prompt is enough for it.</summary>
    public bool WorksAlone => LlmCalls == 1 && ApplyMode is ("inline" or "scaffold" or "lint")
        && !new[] { "multi_turn", "tools", "multiple_samples", "labelled_data", "retrieval_corpus", "examples" }.Any(r => Requires.GetValueOrDefault(r));
}
