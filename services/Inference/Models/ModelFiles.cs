using System.Security.Cryptography;

namespace PromptPlatform.Inference.Models;

/// <summary>Where the files of a model lie, and the names that its graph uses.</summary>
/// <param name="Graph">The graph, <see cref="GraphName"/>.</param>
/// <param name="Tokenizer">The vocabulary, <see cref="TokenizerName"/>.</param>
/// <param name="Card">Heads, limits and how it was made, <see cref="CardName"/>.</param>
/// <param name="Checks">Texts with the logits that they must give, <see cref="ChecksName"/>.</param>
/// <param name="RunRecord">How it was made, <see cref="RunRecordName"/>; need not be there.</param>
internal sealed record ModelFiles(string Graph, string Tokenizer, string Card, string Checks, string RunRecord)
{
    public const string IdsInput = "ids", MaskInput = "mask", LogitsOutput = "logits";

    public const string GraphName = "model.onnx", TokenizerName = "tokenizer.bin", CardName = "model.json", ChecksName = "checks.json", RunRecordName = "run.json";

    /// <summary>The names of the files that every model has.</summary>
    public static readonly string[] Names = [GraphName, TokenizerName, CardName, ChecksName];

    /// <summary>The names of the files that are there, of those that a model can have.</summary>
    public IEnumerable<string> Present => Names.Append(RunRecordName).Where(name => File.Exists(PathOf(name)));

    /// <summary>Where the file of a name lies.</summary>
    public string PathOf(string name) => name switch
    {
        GraphName => Graph,
        TokenizerName => Tokenizer,
        CardName => Card,
        ChecksName => Checks,
        RunRecordName => RunRecord,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>Bytes of the graph and the tokenizer.</summary>
    public long SizeBytes => new FileInfo(Graph).Length + new FileInfo(Tokenizer).Length;

    /// <summary>The files of a folder.</summary>
    public static ModelFiles In(string folder) => From(name => Path.Combine(folder, name));

    /// <summary>The files where <paramref name="pathOf"/> puts their names.</summary>
    public static ModelFiles From(Func<string, string> pathOf) => new(pathOf(GraphName), pathOf(TokenizerName), pathOf(CardName), pathOf(ChecksName), pathOf(RunRecordName));

    /// <summary>Stops with the missing file's name.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    public void CheckPresent()
    {
        foreach (var file in (ReadOnlySpan<string>)[Graph, Tokenizer, Card, Checks])
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
