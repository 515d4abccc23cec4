using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptPlatform.Inference.Models;

/// <summary>What model.json says of a model: its heads in the order of the logits, its limits, how well it did.</summary>
internal sealed record ModelCard
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Heads that every model has.</summary>
    public const string Intent = "intent", Domain = "domain", Complexity = "complexity";

    /// <summary>First 16 hexadecimal digits of SHA-256 over model.onnx followed by tokenizer.bin.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<ModelHead> Heads { get; init; }

    /// <summary>Most tokens that the model reads.</summary>
    public required int MaxTokens { get; init; }

    public required int PadId { get; init; }

    /// <summary>Tokens read from the start of a prompt that is too long.</summary>
    public required int HeadTokens { get; init; }

    /// <summary>Tokens read from the end of a prompt that is too long.</summary>
    public required int TailTokens { get; init; }

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Hashes of the data of the training by file name.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>End of the training, ISO 8601; empty when it is not known.</summary>
    public string TrainedAt { get; init; } = "";

    /// <summary>What the training was told.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Logits of one prompt.</summary>
    [JsonIgnore]
    public int Width => Heads.Sum(head => head.Labels.Count);

    /// <summary>The head of a name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public ModelHead Head(string name) => Heads.FirstOrDefault(head => head.Name == name)
        ?? throw new InvalidDataException($"model.json: there is no head {name}, only {string.Join(", ", Heads.Select(head => head.Name))}");

    /// <summary>Index of the first logit of a head.</summary>
    public int OffsetOf(ModelHead head) => Heads.TakeWhile(other => other != head).Sum(other => other.Labels.Count);

    /// <summary>SHA-256 over names and hashes of the training's data, in the order of the names; empty when none is named.</summary>
    public string DataHash()
    {
        if (Data.Count == 0) return "";
        var lines = string.Concat(Data.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Value}  {file.Key}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
    }

    /// <summary>Reads and checks a card.</summary>
    /// <exception cref="InvalidDataException">A member is missing or out of range.</exception>
    public static ModelCard Read(Stream stream)
    {
        try
        {
            var card = JsonSerializer.Deserialize<ModelCard>(stream, Json) ?? throw new InvalidDataException("model.json is null");
            card.Check();
            return card;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"model.json: {fault.Message}", fault);
        }
    }

    private void Check()
    {
        if (Heads.Count == 0) throw new InvalidDataException("model.json: heads is empty");
        foreach (var head in Heads) head.Check();
        foreach (var name in (ReadOnlySpan<string>)[Intent, Domain, Complexity]) Head(name);
        if (MaxTokens is < 1 or > 8192) throw new InvalidDataException($"model.json: maxTokens is {MaxTokens}, outside 1..8192");
        if (HeadTokens < 1 || TailTokens < 0 || HeadTokens + TailTokens > MaxTokens)
        {
            throw new InvalidDataException($"model.json: headTokens {HeadTokens} and tailTokens {TailTokens} do not fit maxTokens {MaxTokens}");
        }
    }
}
