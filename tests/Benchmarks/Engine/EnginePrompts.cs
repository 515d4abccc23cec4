using System.Text.Json;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Benchmarks.Engine;

/// <summary>A prompt to measure with.</summary>
internal sealed record EnginePrompt(PromptInput Input, Classification Classification);

/// <summary>Prompts of about the same length, made of the corpus that the engine is tested with.</summary>
internal static class EnginePrompts
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private sealed record Row(string Text, string Intent, string Domain, string Complexity);

    /// <summary>Prompts of about <paramref name="words"/> words for all families and styles: those of the corpus, longer ones with texts of the corpus put under a task.</summary>
    public static IReadOnlyList<EnginePrompt> Of(int words)
    {
        var rows = JsonSerializer.Deserialize<List<Row>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Engine", "prompts.json")), Options)!;
        var short20 = rows.Where(row => Count(row.Text) is > 12 and < 30).ToList();
        var material = rows.Where(row => Count(row.Text) > 30).Select(row => row.Text).ToList();
        var families = Enum.GetValues<ModelFamily>();
        var styles = Enum.GetValues<PromptStyle>();
        return
        [
            .. short20.Select((row, i) => new EnginePrompt(
                PromptInput.Of(words < 30 ? row.Text : Grown(row.Text, material, i, words), new TargetModel(null, families[i % families.Length], false), styles[i % styles.Length]),
                new Classification(row.Intent, 0.9, [], row.Domain, 0.9, row.Complexity, false, false, null))),
        ];
    }

    private static string Grown(string task, List<string> material, int first, int words)
    {
        var text = task;
        for (var i = first; Count(text) < words; i++)
            text += "\n\n" + material[i % material.Count];
        return text;
    }

    private static int Count(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
