using PromptPlatform.Enhancement.Learning;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.Enhancement.Tests.Engine;

namespace PromptPlatform.Enhancement.Tests.Learning;

/// <summary>Snapshots that tempt and threaten, and what the policy lets hold whatever they say.</summary>
internal static class Worlds
{
    public static readonly Guid Org = new("11111111-2222-3333-4444-555555555555");

    public static readonly LearnedShare Certain = new(1000, 1, 0.99, 1, 1000, 0.5, 4, PriorOfAll: false);

    public static readonly LearnedShare Hopeless = new(1, 1000, 0, 0.004, 1000, 0.5, 4, PriorOfAll: false);

    public static readonly LearnedShare Middling = new(500, 500, 0.47, 0.53, 1000, 0.5, 4, PriorOfAll: false);

    /// <summary>Learning in which every technique has the share that <paramref name="share"/> gives it, and half of all succeed.</summary>
    public static OrganizationLearning Where(Func<string, LearnedShare> share, string version = "v1") => new(Org, new LearningSnapshot(version,
        [.. TechniquePolicy.Shipped.File.Techniques.Keys.Select(t => KeyValuePair.Create((t, "", ""), share(t))), KeyValuePair.Create(("*", "", ""), Middling)]));

    /// <summary>Every technique by its own dice.</summary>
    public static OrganizationLearning Random(int seed)
    {
        var dice = new Random(seed);
        return Where(_ => dice.Next(3) switch { 0 => Certain, 1 => Hopeless, _ => Middling }, $"dice {seed}");
    }

    /// <summary>The rules that the policy lets hold for a prompt.</summary>
    public static IReadOnlyList<PolicyRule> Allowed(CorpusPrompt prompt, PromptInput input, PromptReading reading)
    {
        var c = prompt.Classification;
        var facts = new PolicyFacts(c.Intent, c.Domain, c.Complexity, reading.Features, reading.Language, input.Target.Family, input.Target.Reasoning, input.Style, input.Goals);
        return [.. TechniquePolicy.Shipped.File.Rules.Where(r => r.Holds(facts))];
    }

    /// <summary>The corpus for every kind of target and every style.</summary>
    public static IEnumerable<(CorpusPrompt Prompt, PromptInput Input, PromptReading Reading)> Everything() =>
        from prompt in EngineCorpus.Prompts
        from target in new[] { prompt.Input.Target, new(null, ModelFamily.Gpt, true), new(null, ModelFamily.Claude, false) }
        from style in Enum.GetValues<PromptStyle>()
        let input = prompt.Input with { Target = target, Style = style }
        select (prompt, input, EngineCorpus.Enhancer.Read(input));
}
