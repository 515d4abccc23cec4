using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Which of several rules that hold are taken.</summary>
public sealed class PolicyChoiceTests
{
    const string Facts = """{ "evidence": "few-shot" }""";

    static readonly PromptInput Input = PromptInput.Of("Write a function that merges two sorted lists in python and keeps duplicates.");

    static string Rule(string id, string technique, double weight, string sentence = "fact.unsure", string more = "") =>
        $$"""{ "id": "{{id}}", "technique": "{{technique}}", "weight": {{weight.ToString(System.Globalization.CultureInfo.InvariantCulture)}}, "reason": "x", "sentences": ["{{sentence}}"], "section": "format"{{more}} }""";

    static TechniquePlan Plan(string json, PromptInput? input = null) => Plan(SmallPolicy.Parse(json), input ?? Input);

    static TechniquePlan Plan(TechniquePolicy policy, PromptInput input, string intent = "code_generation", string complexity = "complex")
    {
        var engine = new PromptEnhancer(policy);
        return engine.Select(input, engine.Read(input), new(intent, 0.9, [], "software", 0.9, complexity, false, false, "test"), TechniqueCatalog.Empty);
    }

    static string[] Chosen(TechniquePlan plan) => [.. plan.Rules.Select(r => r.Id)];

    [TestCase("""{ "evidence": "few-shot", "conflicts": ["t2"] }""", "", Description = "of techniques")]
    [TestCase(Facts, """, "conflicts": ["t2"]""", Description = "of a rule with a technique")]
    [TestCase(Facts, """, "conflicts": ["weak"]""", Description = "of a rule with a rule")]
    public void OfTwoThatConflict_TheWeakerYieldsAndSaysSo(string facts, string more)
    {
        var plan = Plan(SmallPolicy.Json($"{Rule("weak", "t2", 0.5)}, {Rule("strong", "t1", 0.6, more: more)}", facts, $", \"t2\": {Facts}"));

        Assert.That(Chosen(plan), Is.EqualTo(new[] { "strong" }));
        Assert.That(plan.Declined.Single(), Is.EqualTo(new DeclinedTechnique("t2", "It does not go together with t1, which counts more here.")));
    }

    [Test]
    public void OfTwoThatConflict_TheWeakerIsTaken_WhenTheStrongerWasExcluded()
    {
        var json = SmallPolicy.Json($"{Rule("weak", "t2", 0.5)}, {Rule("strong", "t1", 0.6)}", """{ "evidence": "few-shot", "conflicts": ["t2"] }""", $", \"t2\": {Facts}");

        Assert.That(Chosen(Plan(json, Input with { Deny = new HashSet<string> { "t1" } })), Is.EqualTo(new[] { "weak" }));
    }

    [Test]
    public void RuleThatRequiresAnother_IsTakenAfterIt_OrSaysWhatIsMissing()
    {
        var json = SmallPolicy.Json($"{Rule("upper", "t1", 0.9)}, {Rule("base", "t2", 0.5)}", """{ "evidence": "few-shot", "requires": ["t2"] }""", $", \"t2\": {Facts}");

        Assert.That(Chosen(Plan(json)), Is.EqualTo(new[] { "upper", "base" }));
        var alone = Plan(json, Input with { Deny = new HashSet<string> { "t2" } });
        Assert.That(Chosen(alone), Is.Empty);
        Assert.That(alone.Declined, Has.Member(new DeclinedTechnique("t1", "It builds on t2, which is not applied here.")));
    }

    [Test]
    public void Budget_InTokensOfThePromptsLanguage_LeavesTheWeakerOut()
    {
        var json = SmallPolicy.Json($"{Rule("strong", "t1", 0.9)}, {Rule("weak", "t2", 0.5, "risk.uncertain")}", Facts, $", \"t2\": {Facts}").Replace("\"standard\": 200", "\"standard\": 25", StringComparison.Ordinal);

        var plan = Plan(json);

        Assert.That(Chosen(plan), Is.EqualTo(new[] { "strong" }));
        Assert.That(plan.Declined.Single().Reason, Is.EqualTo("Left out to keep the standard style short."));
    }

    [TestCase("cost", "Left out because you asked for low cost.")]
    [TestCase("brevity", "Left out because you asked for brevity.")]
    public void Budget_WhenCostOrBrevityCounts_IsTheLeanOne_AndTheCheaperOfEqualsComesFirst(string goal, string reason)
    {
        var json = SmallPolicy.Json($"{Rule("dear", "t1", 0.5, "risk.uncertain")}, {Rule("cheap", "t2", 0.5)}", Facts, $", \"t2\": {Facts}").Replace("\"lean\": 80", "\"lean\": 25", StringComparison.Ordinal);

        var lean = Plan(json, Input with { Goals = [goal] });

        Assert.That(Chosen(Plan(json)), Is.EqualTo(new[] { "dear", "cheap" }));
        Assert.That(Chosen(lean), Is.EqualTo(new[] { "cheap" }));
        Assert.That(lean.Declined.Single(), Is.EqualTo(new DeclinedTechnique("t1", reason)));
    }

    [Test]
    public void Tokens_OfARule_AreCountedFromThePackOfTheLanguage()
    {
        var rule = TechniquePolicy.Shipped.File.Rules.Single(r => r.Id == "code-edge");

        foreach (var language in Lexicons.Written)
            Assert.That(rule.TokensIn(language), Is.EqualTo(Scoring.TokenEstimate.Of(LanguagePack.For(language)!.Sentences["code.edge"], ModelFamily.Gpt, language) + 1), language);
        Assert.That(rule.TokensIn("und"), Is.EqualTo(rule.TokensIn("en")));
    }

    [Test]
    public void Shipped_ShortDraftsAndAListOfWhatIsGiven_DoNotGoTogether()
    {
        var input = PromptInput.Of("A train travels 120 km in 1.5 hours and then 80 km in 45 minutes. How fast is it on average over the whole way?", TargetModel.Resolve("gpt-4o", null, null), PromptStyle.Detailed) with { MaxTechniques = 10 };

        var thrifty = Plan(TechniquePolicy.Shipped, input with { Goals = ["cost"] }, "math_reasoning");

        Assert.That(Plan(TechniquePolicy.Shipped, input, "math_reasoning").Rules.Select(r => r.Technique), Has.Member("plan-and-solve"));
        Assert.That(thrifty.Rules.Select(r => r.Technique), Has.Member("chain-of-draft").And.No.Member("plan-and-solve"));
        Assert.That(thrifty.Declined.Single(d => d.TechniqueId == "plan-and-solve").Reason, Is.EqualTo("It does not go together with chain-of-draft, which counts more here."));
    }

    // The validator calls rules impossible by this logic: it must be true of everything that is read.
    [Test]
    public void FeatureLogic_HoldsForEveryPromptOfTheCorpora()
    {
        var read = EngineCorpus.Prompts.Select(p => p.Text).Concat(new[] { "weak", "good", "blind-weak", "blind-good" }.SelectMany(RemedyTests.Read).Select(p => p.Text))
            .SelectMany(text => new[] { PromptInput.Of(text), PromptInput.Of(text) with { HasConversation = true }, PromptInput.Of(text) with { Context = "Some context." } })
            .Select(input => (input.Prompt, Fault: FeatureLogic.Fault(EngineCorpus.Enhancer.Read(input).Features)));

        Assert.That(read.Where(r => r.Fault is not null), Is.Empty);
    }
}
