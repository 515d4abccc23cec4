using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>A prompt of the corpus, enhanced for one target in one style.</summary>
public sealed record VariedEnhancement(string Name, CorpusPrompt Prompt, PromptInput Input, PromptReading Reading, EnhancementOutcome Outcome)
{
    public EditSet Edits => new(Outcome.Original, Outcome.Edits);
}

/// <summary>The corpus for four targets in three styles with as many techniques as there may be; made once for all tests.</summary>
internal static class VariedCorpus
{
    static readonly TargetModel[] Targets =
        [TargetModel.Generic, new(null, ModelFamily.Gpt, false), new(null, ModelFamily.Claude, false), new(null, ModelFamily.Gpt, true)];

    static readonly Lazy<List<VariedEnhancement>> Made = new(() =>
    [
        .. from prompt in EngineCorpus.Prompts
           from target in Targets
           from style in Enum.GetValues<PromptStyle>()
           let input = prompt.Input with { Target = target, Style = style, MaxTechniques = 10 }
           let reading = EngineCorpus.Enhancer.Read(input)
           select new VariedEnhancement($"{prompt.Id} {target.Family} {target.Reasoning} {style}", prompt, input, reading, EngineCorpus.Enhance(input, prompt.Classification)),
    ]);

    public static IReadOnlyList<VariedEnhancement> All => Made.Value;
}
