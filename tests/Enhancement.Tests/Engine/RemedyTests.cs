using System.Text.Json;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>
/// Harmless is not enough: prompts labelled with what they lack must get it, and good ones must be left alone. The blind ones were
/// written by somebody who had not seen the engine, and no rule was made for them. The goal is 70 % right remedies and 5 % of the
/// good ones changed; the figures below are what is reached, so that none of it is lost.
/// </summary>
public sealed class RemedyTests
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public sealed record Labelled(string Text, string Intent, string Complexity, string? Lacks);

    internal static List<Labelled> Read(string file) =>
        JsonSerializer.Deserialize<List<Labelled>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Engine", "Corpus", "Remedies", file + ".json")), Options)!;

    static EnhancementOutcome Enhance(Labelled prompt)
    {
        var input = PromptInput.Of(prompt.Text, TargetModel.Resolve("gpt-4o", null, null));
        var reading = EngineCorpus.Enhancer.Read(input);
        var domain = RuleClassifier.Classify(reading).Domain;
        return EngineCorpus.Enhancer.Enhance(input, reading, new(prompt.Intent, 0.9, [], domain, 0.9, prompt.Complexity, false, false, "corpus"), TechniqueCatalog.Empty);
    }

    [TestCase("weak", 0.89)]
    [TestCase("blind-weak", 0.86)]
    [TestCase("blind2-weak", 0.62)]
    public void Enhance_WeakPrompts_GetWhatTheyLack(string file, double share)
    {
        var prompts = Read(file);
        var missed = prompts.Where(p => !Remedies.Answers(p.Lacks!, Enhance(p))).ToList();
        foreach (var miss in missed)
            TestContext.Out.WriteLine($"{miss.Lacks}: {miss.Text}");

        Assert.That(1 - (double)missed.Count / prompts.Count, Is.AtLeast(share), $"{missed.Count} of {prompts.Count} missed");
    }

    [TestCase("good", 0.02)]
    [TestCase("blind-good", 0.04)]
    [TestCase("blind2-good", 0.06)]
    public void Enhance_GoodPrompts_AreLeftAlone(string file, double share)
    {
        var prompts = Read(file);
        var changed = prompts.Select(p => (p.Text, Enhance(p).Enhanced)).Where(p => p.Text != p.Enhanced).ToList();
        foreach (var (text, enhanced) in changed)
            TestContext.Out.WriteLine($"{text}\n--->\n{enhanced}\n");

        Assert.That((double)changed.Count / prompts.Count, Is.AtMost(share), $"{changed.Count} of {prompts.Count} changed");
    }
}
