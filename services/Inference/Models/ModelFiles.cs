using System.Security.Cryptography;

namespace PromptPlatform.Inference.Models;

/// <summary>The files of a model folder and the names that its graph uses.</summary>
internal sealed record ModelFiles(string Folder)
{
    public const string IdsInput = "ids", MaskInput = "mask", LogitsOutput = "logits";

    public string Graph => Path.Combine(Folder, "model.onnx");

    public string Tokenizer => Path.Combine(Folder, "tokenizer.bin");

    public string Card => Path.Combine(Folder, "model.json");

    /// <summary>Bytes of the graph and the tokenizer.</summary>
    public long SizeBytes => new FileInfo(Graph).Length + new FileInfo(Tokenizer).Length;

    /// <summary>Stops with the missing file's name.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    public void CheckPresent()
    {
        foreach (var file in (ReadOnlySpan<string>)[Graph, Tokenizer, Card])
        {
            if (!File.Exists(file)) throw new FileNotFoundException($"the model file {file} is missing", file);
        }
    }

    /// <summary>The version that the content has: see <see cref="ModelCard.Version"/>.</summary>
    public string ContentVersion()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(Graph));
        hash.AppendData(File.ReadAllBytes(Tokenizer));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
