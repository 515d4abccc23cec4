using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What is written for whom.</summary>
public sealed class RenderingTests
{
    static readonly TargetModel[] Targets =
    [
        TargetModel.Generic, new(null, ModelFamily.Gpt, false), new(null, ModelFamily.Gpt, true), new(null, ModelFamily.Claude, false),
        new(null, ModelFamily.Gemini, false), new(null, ModelFamily.Llama, false),
    ];

    [Test]
    public void Enhance_OfEnhancedForAnotherTargetOrStyle_ChangesNothing() => Assert.Multiple(() =>
    {
        foreach (var made in VariedCorpus.All.Where(e => e.Outcome.Enhanced != e.Outcome.Original))
            foreach (var target in Targets)
                foreach (var style in Enum.GetValues<PromptStyle>())
                {
                    var again = EngineCorpus.Enhance(made.Input with { Prompt = made.Outcome.Enhanced, Target = target, Style = style }, made.Prompt.Classification);
                    Assert.That(again.Enhanced, Is.EqualTo(made.Outcome.Enhanced), $"{made.Name} -> {target.Family} {target.Reasoning} {style}");
                }
    });

    [Test]
    public void Enhance_OfAnyChoiceAmongItsEdits_KeepsTheChoice() => Assert.Multiple(() =>
    {
        foreach (var made in VariedCorpus.All)
            foreach (var id in made.Edits.Ids.Where(i => made.Edits.Check([i], []) is null))
            {
                var chosen = made.Edits.Apply([id], []).Text;
                if (EngineForm.Keys(chosen).Count > 0)
                    Assert.That(EngineCorpus.Enhance(made.Input with { Prompt = chosen }, made.Prompt.Classification).Enhanced, Is.EqualTo(chosen), $"{made.Name} {id}");
            }
    });

    [Test]
    public void Enhance_ForAFamily_WritesItsHeadings() => Assert.Multiple(() =>
    {
        foreach (var made in VariedCorpus.All.Where(e => LineShapes.Of(e.Outcome.Original).Headings == 0 && e.Reading.Layout.Blocks.Count == 0))
        {
            var added = string.Concat(made.Outcome.Edits.SelectMany(e => e.Changes).Select(c => c.Replacement.Replace(made.Outcome.Original, "", StringComparison.Ordinal)));
            Assert.That(made.Input.Target.Family == ModelFamily.Gpt || !added.Contains("## ", StringComparison.Ordinal), made.Name);
            Assert.That(made.Input.Target.Family == ModelFamily.Claude || !added.Contains("<requirements>", StringComparison.Ordinal), made.Name);
        }
    });

    [Test]
    public void Enhance_ForReasoningModels_AddsNoMoreThanForOthers() => Assert.Multiple(() =>
    {
        foreach (var prompt in EngineCorpus.Prompts)
            foreach (var style in Enum.GetValues<PromptStyle>())
            {
                var input = prompt.Input with { Style = style, MaxTechniques = 10 };
                var lean = EngineCorpus.Enhance(input with { Target = new(null, ModelFamily.Gpt, true) }, prompt.Classification);
                Assert.That(lean.Edits.Count(e => !e.Structural), Is.AtMost(5), $"{prompt.Id} {style}");
            }
    });

    [Test]
    public void Variations_DifferInTheirPlan()
    {
        var most = 0;
        Assert.Multiple(() =>
        {
            foreach (var prompt in EngineCorpus.Prompts)
            {
                var outcome = EngineCorpus.Enhance(prompt.Input with { Variations = 5 }, prompt.Classification);
                most = Math.Max(most, outcome.Variations.Count);
                var plans = outcome.Variations.Select(v => string.Join(' ', EngineForm.Keys(v.Text).Order())).Append(string.Join(' ', EngineForm.Keys(outcome.Enhanced).Order())).ToList();
                Assert.That(plans, Is.Unique, prompt.Id);
            }
        });
        Assert.That(most, Is.EqualTo(5));
    }
}
