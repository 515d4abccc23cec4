using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What follows from the policy.</summary>
public sealed class PolicyTests
{
    [TestCase("hi")]
    [TestCase("Thanks!")]
    [TestCase("What is the capital of France?")]
    [TestCase("Wie hoch ist der Mount Everest?")]
    [TestCase("日本の首都はどこですか")]
    [TestCase("Kirjoita minulle lyhyt runo kissasta")]
    [TestCase("banana")]
    public void Enhance_PromptThatNeedsNothing_ComesBackUnchangedWithAReason(string text)
    {
        var reading = EngineCorpus.Enhancer.Read(PromptInput.Of(text));
        var outcome = EngineCorpus.Enhancer.Enhance(PromptInput.Of(text), reading, RuleClassifier.Classify(reading), TechniqueCatalog.Empty);
        Assert.That(outcome.Enhanced, Is.EqualTo(text));
        Assert.That(outcome.NotApplied, Is.Not.Empty);
        Assert.That(outcome.FellBack, Is.False);
    }

    [Test]
    public void Enhance_OrderWithoutItsText_AsksForTheTextAlone()
    {
        var outcome = EngineCorpus.Enhance(PromptInput.Of("make it better"), new("reasoning_analysis", 0.9, [], "general", 0.9, "simple", false, false, "test"));
        Assert.That(outcome.Applied.Select(a => a.TechniqueId), Is.EqualTo(new[] { "template-variables" }));
        Assert.That(outcome.Analysis.Missing.Select(m => m.Slot), Is.EqualTo(new[] { "input" }));
    }

    [Test]
    public void Enhance_ExpertPrompt_IsRecognisedAndOnlyRepaired()
    {
        var expert = EngineCorpus.Prompts.Single(p => p.Id == "expert");
        Assert.That(EngineCorpus.Enhance(expert).Enhanced, Is.EqualTo(expert.Text));
        var broken = expert.Input with { Prompt = expert.Text + "\nThe text is brief.\nThe text is exhaustive." };
        Assert.That(EngineCorpus.Enhance(broken, expert.Classification).Applied.Select(a => a.TechniqueId), Is.EqualTo(new[] { "contradiction-removal" }));
    }

    [Test]
    public void Enhance_AllowDenyAndMost_AreObeyed()
    {
        var prompt = EngineCorpus.Prompts.Single(p => p.Id == "sum-article");
        string[] Applied(PromptInput input) => [.. EngineCorpus.Enhance(input, prompt.Classification).Applied.Select(a => a.TechniqueId)];
        Assert.That(Applied(prompt.Input), Has.Member("success-criteria").And.Member("xml-delimiters"));
        Assert.That(Applied(prompt.Input with { Deny = new HashSet<string> { "success-criteria" } }), Has.No.Member("success-criteria"));
        Assert.That(Applied(prompt.Input with { Allow = new HashSet<string> { "xml-delimiters" } }), Is.EqualTo(new[] { "xml-delimiters" }));
        Assert.That(Applied(prompt.Input with { MaxTechniques = 0 }), Is.Empty);
        for (var most = 1; most < 5; most++)
            Assert.That(Applied(prompt.Input with { MaxTechniques = most }), Has.Length.EqualTo(most));
    }

    [Test]
    public void Enhance_WhenTheClassifierAbstains_ChoosesNothingByIntent()
    {
        var prompt = EngineCorpus.Prompts.Single(p => p.Id == "code-merge");
        Assert.That(EngineCorpus.Enhance(prompt.Input, prompt.Classification with { Abstained = true }).Enhanced, Is.EqualTo(prompt.Text));
    }

    // Each style, family and goal: what no prompt of the corpus ever gets would be a rule that is never tried.
    [Test]
    public void Enhance_Corpus_AppliesEachTechniqueOfThePolicySomewhere()
    {
        var inputs =
            from prompt in EngineCorpus.Prompts
            from style in Enum.GetValues<PromptStyle>()
            from model in new[] { "gpt-4o", "gpt-5", "claude-sonnet-4" }
            from goals in new string[][] { [], ["accuracy"], ["creativity"], ["safety"], ["cost"] }
            select (Input: PromptInput.Of(prompt.Text, TargetModel.Resolve(model, null, null), style) with { Goals = goals, MaxTechniques = 10, HasConversation = goals.Length == 0 && style == PromptStyle.Standard }, prompt.Classification);
        var applied = inputs.SelectMany(i => EngineCorpus.Enhance(i.Input, i.Classification).Applied.Select(a => a.TechniqueId)).ToHashSet();

        Assert.That(TechniquePolicy.Shipped.File.Rules.Select(r => r.Technique).Distinct(), Is.SubsetOf(applied));
        Assert.That(applied, Has.Count.GreaterThanOrEqualTo(40));
    }

    [Test]
    public void LanguagePacks_HaveTheSameKeysAndSlots()
    {
        var english = Composition.LanguagePack.For("en")!;
        foreach (var pack in Composition.LanguagePack.All)
        {
            Assert.That(pack.Sentences.Keys, Is.EquivalentTo(english.Sentences.Keys));
            Assert.That(pack.Questions.Keys, Is.EquivalentTo(english.Questions.Keys));
            Assert.That(pack.Headings.Keys, Is.EquivalentTo(english.Headings.Keys));
            foreach (var (key, sentence) in pack.Sentences)
            {
                foreach (var mark in new[] { "{0}", "{1}", "{{" })
                    Assert.That(sentence.Contains(mark, StringComparison.Ordinal), Is.EqualTo(english.Sentences[key].Contains(mark, StringComparison.Ordinal)), key);
                Assert.That(sentence, Does.Not.Contain("\n"), key);
            }
        }
    }
}
