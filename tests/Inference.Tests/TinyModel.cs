using System.Text.Json.Nodes;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Tests;

/// <summary>Copies of the tiny model, each a version of its own.</summary>
internal static class TinyModel
{
    /// <summary>Writes a copy into a folder that does not exist yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="variant">Makes the version; the same number gives the same one.</param>
    /// <param name="change">Changes its card before the version is written into it.</param>
    /// <returns>The version.</returns>
    public static string Write(string folder, int variant, Action<JsonObject>? change = null)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in ModelFiles.Names) File.Copy(Path.Combine(Fixture.TinyFolder, name), Path.Combine(folder, name));

        // Field 6 of an ONNX model is its description: it changes the version and nothing else.
        File.AppendAllText(Path.Combine(folder, ModelFiles.GraphName), $"\x32\x08{variant:00000000}");
        Seal(folder, change);
        return ModelFiles.In(folder).ContentVersion();
    }

    /// <summary>Writes the version of the files, as they are now, into the card.</summary>
    public static void Seal(string folder, Action<JsonObject>? change = null)
    {
        var file = Path.Combine(folder, ModelFiles.CardName);
        var card = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change?.Invoke(card);
        card["version"] = ModelFiles.In(folder).ContentVersion();
        File.WriteAllText(file, card.ToJsonString());
    }

    /// <summary>Puts the labels of the intents into the opposite order, so that the same prompt gets another intent.</summary>
    public static void TurnIntents(JsonObject card)
    {
        var head = card["heads"]![0]!.AsObject();
        head["labels"] = new JsonArray([.. head["labels"]!.AsArray().Reverse().Select(label => label!.DeepClone())]);
    }
}
