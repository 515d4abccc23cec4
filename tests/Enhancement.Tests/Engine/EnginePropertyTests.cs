using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What holds for every prompt, whatever the target and the style.</summary>
public sealed class EnginePropertyTests
{
    // Chinese and Japanese write no space after the colon that introduces a text.
    static readonly char[] Seams = [' ', '\n', '\r', '\t', '：'];

    static IEnumerable<(CorpusPrompt Prompt, PromptInput Input)> Everything() =>
        from prompt in EngineCorpus.Prompts
        from target in new[]
        {
            TargetModel.Generic, new TargetModel(null, ModelFamily.Gpt, false), new(null, ModelFamily.Gpt, true), new(null, ModelFamily.Claude, false),
            new(null, ModelFamily.Gemini, false), new(null, ModelFamily.Llama, false),
        }
        from style in Enum.GetValues<PromptStyle>()
        select (prompt, prompt.Input with { Target = target, Style = style, Variations = 5 });

    static void ForEverything(Action<CorpusPrompt, PromptInput, EnhancementOutcome> check) => Assert.Multiple(() =>
    {
        foreach (var (prompt, input) in Everything())
            check(prompt, input, EngineCorpus.Enhance(input, prompt.Classification));
    });

    static string Name(CorpusPrompt prompt, PromptInput input) => $"{prompt.Id} {input.Target.Family} {input.Target.Reasoning} {input.Style}";

    [Test]
    public void Enhance_OfEnhanced_ChangesNothing() => ForEverything((prompt, input, outcome) =>
    {
        var again = EngineCorpus.Enhance(input with { Prompt = outcome.Enhanced }, prompt.Classification);
        Assert.That(again.Enhanced, Is.EqualTo(outcome.Enhanced), Name(prompt, input));
        foreach (var variation in outcome.Variations)
            Assert.That(EngineCorpus.Enhance(input with { Prompt = variation.Text, Style = Enum.Parse<PromptStyle>(variation.Style, true) }, prompt.Classification).Enhanced, Is.EqualTo(variation.Text), Name(prompt, input) + " variation");
    });

    [Test]
    public void Enhance_Twice_GivesTheSame() => ForEverything((prompt, input, outcome) =>
    {
        var again = EngineCorpus.Enhance(input, prompt.Classification);
        Assert.That(again.Enhanced, Is.EqualTo(outcome.Enhanced), Name(prompt, input));
        Assert.That(again.Variations.Select(v => v.Text), Is.EqualTo(outcome.Variations.Select(v => v.Text)), Name(prompt, input));
    });

    [Test]
    public void Diff_PutTogether_GivesBothTexts() => ForEverything((prompt, input, outcome) =>
    {
        Assert.That(string.Concat(outcome.Diff.Where(d => d.Op is "keep" or "delete").Select(d => d.Text)), Is.EqualTo(outcome.Original), Name(prompt, input));
        Assert.That(string.Concat(outcome.Diff.Where(d => d.Op is "keep" or "insert").Select(d => d.Text)), Is.EqualTo(outcome.Enhanced), Name(prompt, input));
        foreach (var part in outcome.Diff)
            Assert.That(char.IsLowSurrogate(part.Text[0]) || char.IsHighSurrogate(part.Text[^1]), Is.False, Name(prompt, input));
    });

    [Test]
    public void Compose_OverTheCorpus_NeverFallsBack() => ForEverything((prompt, input, outcome) =>
        Assert.That(outcome.FellBack, Is.False, Name(prompt, input)));

    [Test]
    public void Enhance_EveryWordOfTheUser_Stays() => ForEverything((prompt, input, outcome) =>
    {
        var words = outcome.Enhanced.Split(Seams, StringSplitOptions.RemoveEmptyEntries).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        foreach (var word in outcome.Original.Split(Seams, StringSplitOptions.RemoveEmptyEntries).GroupBy(w => w))
            Assert.That(words.GetValueOrDefault(word.Key), Is.GreaterThanOrEqualTo(word.Count()), Name(prompt, input) + " " + word.Key);
    });

    [Test]
    public void Scores_OfAnUnchangedPrompt_AreEqual_AndOthersRise() => ForEverything((prompt, input, outcome) =>
    {
        if (outcome.Enhanced == outcome.Original)
            Assert.That(outcome.Scores.After, Is.EqualTo(outcome.Scores.Before), Name(prompt, input));
        foreach (var dimension in outcome.Scores.Dimensions)
            Assert.That(dimension.After, Is.InRange(dimension.Before, 100), Name(prompt, input) + " " + dimension.Name);
    });

    [Test]
    public void Applied_EachHasReasonAndSpansInsideTheEnhancedText() => ForEverything((prompt, input, outcome) =>
    {
        Assert.That(outcome.Applied.Any(), Is.EqualTo(outcome.Enhanced != outcome.Original), Name(prompt, input));
        foreach (var applied in outcome.Applied)
        {
            Assert.That(applied.Reason, Is.Not.Empty, Name(prompt, input));
            Assert.That(applied.Spans, Is.Not.Empty.And.All.Matches<TextSpan>(s => s.Start >= 0 && s.Length > 0 && s.End <= outcome.Enhanced.Length), Name(prompt, input) + applied.TechniqueId);
        }
        Assert.That(outcome.Applied.Select(a => a.TechniqueId), Is.Unique);
        Assert.That(outcome.NotApplied.Select(d => d.TechniqueId).Intersect(outcome.Applied.Select(a => a.TechniqueId)), Is.Empty, Name(prompt, input));
    });

    [Test]
    public void Variations_AreDistinct() => ForEverything((prompt, input, outcome) =>
        Assert.That(outcome.Variations.Select(v => v.Text).Append(outcome.Enhanced).Append(outcome.Original).Distinct().Count(),
            Is.EqualTo(outcome.Variations.Count + (outcome.Enhanced == outcome.Original ? 1 : 2)), Name(prompt, input)));

    [Test]
    public void Select_ForReasoningModels_NeverAsksForSteps()
    {
        foreach (var prompt in EngineCorpus.Prompts)
            foreach (var style in Enum.GetValues<PromptStyle>())
            {
                var outcome = EngineCorpus.Enhance(prompt.Input with { Target = new(null, ModelFamily.Gpt, true), Style = style }, prompt.Classification);
                Assert.That(outcome.Applied.Select(a => a.TechniqueId), Has.None.AnyOf("zero-shot-cot", "plan-and-solve", "chain-of-draft", "self-planning-code", "few-shot", "targeted-check-clause"), prompt.Id);
            }
    }

    [Test]
    public void Corpus_UsesAtLeast25Techniques()
    {
        var used = Everything().SelectMany(e => EngineCorpus.Enhance(e.Input with { Variations = 0 }, e.Prompt.Classification).Applied.Select(a => a.TechniqueId)).ToHashSet();
        used.UnionWith(EngineCorpus.Prompts.SelectMany(p => EngineCorpus.Enhance(p.Input with { Goals = ["cost"], HasConversation = true, Style = PromptStyle.Detailed, MaxTechniques = 10 }, p.Classification).Applied.Select(a => a.TechniqueId)));
        TestContext.Out.WriteLine(string.Join(' ', used.Order()));
        Assert.That(used, Has.Count.GreaterThanOrEqualTo(25));
    }
}
