using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Benchmarks.Engine;

/// <summary>The enhancement engine, step by step and as a whole, on one core.</summary>
internal static class EngineTopic
{
    private static readonly (int Words, int Warm, int Rounds)[] Sizes = [(20, 40, 150), (200, 20, 80), (2000, 4, 30)];

    public static Task MeasureAsync(TextWriter output)
    {
        PromptEnhancer engine = new(TechniquePolicy.Shipped);
        foreach (var (words, warm, rounds) in Sizes)
        {
            var prompts = EnginePrompts.Of(words);
            Dictionary<string, Samples> samples = [];
            Run(engine, prompts, samples, warm);
            foreach (var step in samples.Values)
                step.Clear();
            Run(engine, prompts, samples, rounds);

            output.WriteLine($"{words} words, {prompts.Count} prompts, {rounds} rounds; processor time of the thread:\n");
            output.WriteLine("| step | p50 µs | p99 µs | p99.9 µs | KiB each |\n|---|--:|--:|--:|--:|");
            foreach (var (name, step) in samples)
                output.WriteLine($"| {name} | {step.Row()} |");
            output.WriteLine();
        }
        return Task.CompletedTask;
    }

    private static void Run(PromptEnhancer engine, IReadOnlyList<EnginePrompt> prompts, Dictionary<string, Samples> samples, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            foreach (var (input, classification) in prompts)
            {
                var reading = Of("read and lint").Measure(() => engine.Read(input));
                var plan = Of("policy").Measure(() => engine.Select(input, reading, classification, TechniqueCatalog.Empty));
                if (LanguagePack.For(reading.Language) is { } pack)
                {
                    var text = Of("compose").Measure(() => PromptComposer.Compose(input, reading, plan.Rules, pack).ApplyAll().Text);
                    Of("check").Measure(() => OutputProof.Check(reading.Text, text, reading.Language, []));
                    Of("score").Measure(() => engine.Score(input, reading, text));
                }
                Of("**all together**").Measure(() => engine.Enhance(input, engine.Read(input), classification, TechniqueCatalog.Empty));
                Of("baseline: a copy").Measure(() => Baselines.Copy(input.Prompt));
                Of("baseline: the static template").Measure(() => Baselines.Wrap(input.Prompt));
                Of("baseline: ten expressions").Measure(() => Baselines.Lint(input.Prompt));
            }

        Samples Of(string step) => samples.TryGetValue(step, out var known) ? known : samples[step] = new();
    }
}
