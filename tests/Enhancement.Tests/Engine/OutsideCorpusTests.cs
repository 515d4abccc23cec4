using System.Text.Json;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>The promises over somebody else's prompts: ENGINE_CORPUS names JSON-lines files with text, intent, domain and complexity, separated by colons; ENGINE_SAMPLES a file for outputs to read.</summary>
[Explicit("needs ENGINE_CORPUS")]
public sealed class OutsideCorpusTests
{
    sealed record Row(string Text, string? Intent, string? Domain, string? Complexity);

    [Test]
    public void Enhance_EveryRow_KeepsEveryPromise()
    {
        var files = Environment.GetEnvironmentVariable("ENGINE_CORPUS")?.Split(':') ?? [];
        Assert.That(files, Is.Not.Empty, "set ENGINE_CORPUS");
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        using var samples = new StringWriter();
        int count = 0, changed = 0, fell = 0, right = 0, abstained = 0, labelled = 0;
        var faults = new List<string>();
        foreach (var row in files.SelectMany(File.ReadLines).Select(l => JsonSerializer.Deserialize<Row>(l, options)!))
        {
            if (string.IsNullOrWhiteSpace(row.Text))
                continue;
            count++;
            var target = new TargetModel(null, (ModelFamily)(count % 5), count % 7 == 0);
            var input = PromptInput.Of(row.Text, target, (PromptStyle)(count / 5 % 3)) with { Variations = count % 3 };
            var reading = EngineCorpus.Enhancer.Read(input);
            var rules = RuleClassifier.Classify(reading);
            if (row.Intent is not null)
            {
                labelled++;
                abstained += rules.Abstained ? 1 : 0;
                right += rules.Intent == row.Intent ? 1 : 0;
            }
            var classification = new Classification(row.Intent ?? rules.Intent, 0.9, [], row.Domain ?? "general", 0.9, row.Complexity ?? "simple", false, false, null);
            var outcome = EngineCorpus.Enhance(input, classification);
            changed += outcome.Enhanced != outcome.Original ? 1 : 0;
            fell += outcome.FellBack ? 1 : 0;
            if (outcome.FellBack)
                faults.Add("fell back: " + row.Text);
            if (string.Concat(outcome.Diff.Where(d => d.Op != "insert").Select(d => d.Text)) != row.Text || string.Concat(outcome.Diff.Where(d => d.Op != "delete").Select(d => d.Text)) != outcome.Enhanced)
                faults.Add("diff: " + row.Text);
            if (EngineCorpus.Enhance(input with { Prompt = outcome.Enhanced }, classification).Enhanced != outcome.Enhanced)
                faults.Add("not idempotent: " + row.Text);
            samples.WriteLine($"######## {row.Intent} (rules: {rules.Intent} {rules.IntentConfidence}) {outcome.Analysis.Language} {target.Family} {target.Reasoning} {input.Style}\n{outcome.Enhanced}\n-------- {string.Join(", ", outcome.Applied.Select(a => a.TechniqueId))} | lint {string.Join(", ", outcome.Analysis.Lint.Select(l => l.Rule))}");
        }
        TestContext.Out.WriteLine($"{count} prompts, {changed} changed, {fell} fell back; rules right for {right} of {labelled}, unsure of {abstained}");
        if (Environment.GetEnvironmentVariable("ENGINE_SAMPLES") is { } path)
            File.WriteAllText(path, samples.ToString());
        Assert.That(faults, Is.Empty);
    }
}
