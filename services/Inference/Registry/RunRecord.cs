using System.Text.Json;

namespace PromptPlatform.Inference.Registry;

/// <summary>How a model was made, run.json of its folder, where the training wrote it down.</summary>
internal sealed record RunRecord
{
    /// <summary>The version that it speaks of; empty when it names none.</summary>
    public string Version { get; init; } = "";

    /// <summary>Commit of the training's code.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Machine and packages.</summary>
    public JsonElement? Environment { get; init; }

    /// <summary>Reads a record; an empty one when there is no file.</summary>
    /// <exception cref="InvalidDataException">It is no JSON of ours.</exception>
    public static RunRecord Read(string file)
    {
        if (!File.Exists(file)) return new();
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllBytes(file), JsonSerializerOptions.Web) ?? new();
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"run.json: {fault.Message}", fault);
        }
    }
}
