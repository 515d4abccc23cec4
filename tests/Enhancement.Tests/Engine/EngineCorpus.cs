using System.Text.Json;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>A prompt of our own writing with the labels that a good classifier gives it.</summary>
public sealed record CorpusPrompt(string Id, string Text, string Intent, string Domain, string Complexity, string? Model, string? Style, string[]? Goals)
{
    public override string ToString() => Id;

    public PromptStyle PromptStyle => Style is null ? PromptStyle.Standard : Enum.Parse<PromptStyle>(Style, true);

    public Classification Classification => new(Intent, 0.9, [], Domain, 0.9, Complexity, false, false, "corpus");

    public PromptInput Input => PromptInput.Of(Text, TargetModel.Resolve(Model, null, null), PromptStyle) with { Goals = Goals ?? [] };
}

internal static class EngineCorpus
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static PromptEnhancer Enhancer { get; } = new(TechniquePolicy.Shipped);

    public static IReadOnlyList<CorpusPrompt> Prompts { get; } =
        JsonSerializer.Deserialize<List<CorpusPrompt>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Engine", "Corpus", "prompts.json")), Options)!;

    public static EnhancementOutcome Enhance(PromptInput input, Classification classification) =>
        Enhancer.Enhance(input, Enhancer.Read(input), classification, TechniqueCatalog.Empty);

    public static EnhancementOutcome Enhance(CorpusPrompt prompt) => Enhance(prompt.Input, prompt.Classification);
}
