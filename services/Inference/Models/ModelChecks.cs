using System.Text.Json;
using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>What a model said of some texts where it was trained, checks.json of its folder: here it must say the same.</summary>
internal static class ModelChecks
{
    /// <summary>
    /// Most by which a calibrated probability may differ. Processors round 8-bit products differently; a wrong graph, tokenizer or
    /// card is off by far more.
    /// </summary>
    public const double Tolerance = 0.1;

    private const int MaxCases = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Runs every text alone and compares.</summary>
    /// <exception cref="InvalidDataException">The file is none of ours, or the model answers differently.</exception>
    public static void Run(LoadedModel model, string file, BatchingOptions limits)
    {
        var cases = Read(file);
        using var runner = model.CreateRunner(limits);
        for (var i = 0; i < cases.Length; i++)
        {
            var (text, expected) = cases[i];
            if (expected.Length != model.Card.Width) throw new InvalidDataException($"checks.json: case {i + 1} has {expected.Length} logits, the model {model.Card.Width}");
            var answered = runner.Run([PromptTokens.Read(model, text).Ids]);
            foreach (var head in model.Card.Heads) Compare(model.Card, head, answered, expected, i);
        }
    }

    private static void Compare(ModelCard card, ModelHead head, ReadOnlySpan<float> answered, ReadOnlySpan<float> expected, int index)
    {
        var (offset, count) = (card.OffsetOf(head), head.Labels.Count);
        float[] got = new float[count], wanted = new float[count];
        head.Calibrate(answered.Slice(offset, count), got);
        head.Calibrate(expected.Slice(offset, count), wanted);
        for (var label = 0; label < count; label++)
        {
            // Written so that NaN, which compares to nothing, fails.
            if (Math.Abs(got[label] - wanted[label]) <= Tolerance) continue;
            throw new InvalidDataException(
                $"the model answers {got[label]:0.00} for {head.Name} {head.Labels[label]} where case {index + 1} of checks.json says {wanted[label]:0.00}: its files do not belong together, or the graph does not run right here");
        }
    }

    private static Case[] Read(string file)
    {
        try
        {
            var cases = JsonSerializer.Deserialize<Case[]>(File.ReadAllBytes(file), Json) ?? [];
            return cases.Length is > 0 and <= MaxCases ? cases : throw new InvalidDataException($"checks.json has {cases.Length} cases, outside 1..{MaxCases}");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"checks.json: {fault.Message}", fault);
        }
    }

    private sealed record Case(string Text, float[] Logits);
}
