using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What a policy file may not say, and how it is told: the rule and the cure.</summary>
public sealed class PolicyFileTests
{
    [TestCase("\"weight\": 0.5", "\"weight\": 2", "weight 2 is not above 0", "give a number")]
    [TestCase("\"weight\": 0.5", "\"weight\": -0.1", "weight -0.1", "give a number")]
    [TestCase("\"fact.unsure\"", "\"no.such\"", "sentence no.such is in no language pack", "add it to every file")]
    [TestCase("\"sentences\": [\"fact.unsure\"], ", "", "it does nothing", "give it sentences or an action")]
    [TestCase("\"section\": \"format\"", "\"section\": \"attic\"", "section attic", "details, requirements, format")]
    [TestCase("\"weight\"", "\"action\": \"explode\", \"weight\"", "action explode", "wrap-material")]
    [TestCase("\"weight\"", "\"intents\": [\"cooking\"], \"weight\"", "intent cooking does not exist", "take one of code_generation")]
    [TestCase("\"weight\"", "\"domains\": [\"sea\"], \"weight\"", "domain sea does not exist", "take one of software")]
    [TestCase("\"weight\"", "\"complexity\": [\"hard\"], \"weight\"", "complexity hard does not exist", "take one of simple")]
    [TestCase("\"weight\"", "\"languages\": [\"tlh\"], \"weight\"", "language tlh does not exist", "take one of en")]
    [TestCase("\"weight\"", "\"families\": [\"bert\"], \"weight\"", "family bert does not exist", "take one of generic")]
    [TestCase("\"weight\"", "\"styles\": [\"loud\"], \"weight\"", "style loud does not exist", "take one of concise")]
    [TestCase("\"weight\"", "\"goals\": [\"speed\"], \"weight\"", "goal speed does not exist", "take one of accuracy")]
    [TestCase("\"weight\"", "\"has\": [\"Examples\"], \"weight\"", "feature Examples does not exist", "perhaps HasExamples is meant")]
    [TestCase("\"weight\"", "\"lacks\": [\"NoSuch\"], \"weight\"", "feature NoSuch does not exist", "Reading/Feature.cs lists them")]
    [TestCase("\"weight\"", "\"has\": [\"Long\"], \"lacks\": [\"Long\"], \"weight\"", "Long is both wanted and unwanted; it can never hold", "take one of them out")]
    [TestCase("\"weight\"", "\"has\": [\"LongMaterial\"], \"lacks\": [\"HasMaterial\"], \"weight\"", "LongMaterial always comes with HasMaterial, which is unwanted", "take one of them out")]
    [TestCase("\"weight\"", "\"has\": [\"MissingText\", \"Injection\"], \"weight\"", "MissingText and Injection never come together", "take one of them out")]
    [TestCase("\"weight\"", "\"goals\": [\"cost\"], \"notGoals\": [\"cost\"], \"weight\"", "goal cost is both wanted and unwanted", "take it out of one")]
    [TestCase("\"weight\"", "\"has\": [\"Greeting\"], \"weight\"", "Greeting prompts are left alone by the gates", "take Greeting out")]
    [TestCase("\"weight\"", "\"has\": [\"Expert\"], \"weight\"", "expert prompts are only repaired", "set repairs")]
    [TestCase("\"weight\"", "\"conflicts\": [\"t1\"], \"weight\"", "it names itself by t1", "take that out")]
    [TestCase("\"weight\"", "\"conflicts\": [\"r9\"], \"weight\"", "r9 is neither a rule nor a technique", "name one of these")]
    [TestCase("\"weight\"", "\"requires\": [\"HasExamples\"], \"weight\"", "HasExamples is a feature", "put it into has or lacks")]
    [TestCase("\"technique\": \"t1\"", "\"technique\": \"t9\"", "technique t9 is not described", "add it to techniques with its evidence")]
    [TestCase("\"reason\": \"x\"", "\"reason\": \" \"", "reason is empty", "say in one sentence")]
    [TestCase("\"sentences\": [\"fact.unsure\"]", "\"styles\": [\"concise\"], \"sentences\": [\"fact.unsure\", \"fact.short\", \"fact.sure\"]", "fit no style", "take sentences out or raise the limit")]
    public void Parse_FaultyRule_NamesRuleAndCure(string right, string wrong, string fault, string cure)
    {
        string rule = SmallPolicy.Rule.Replace(right, wrong, StringComparison.Ordinal);
        Assert.That(rule, Is.Not.EqualTo(SmallPolicy.Rule));

        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json(rule)), Does.Contain("rule r1: ").And.Contain(fault).And.Contain(cure));
    }

    [TestCase("""{ "evidence": "few-shot", "conflicts": ["t1"] }""", "it names itself", "take that out")]
    [TestCase("""{ "evidence": "few-shot", "conflicts": ["t9"] }""", "t9 is not a technique that a rule applies", "take it out or write the rule")]
    [TestCase("""{ "evidence": "few-shot", "requires": ["t9"] }""", "t9 is neither a feature nor a technique", "take it out or write the rule")]
    [TestCase("""{ "evidence": "few-shot", "conflicts": ["t2"], "requires": ["t2"] }""", "it both requires t2 and conflicts with it", "take it out of one")]
    [TestCase("""{ "evidence": " " }""", "evidence is empty", "name the technique of the catalogue")]
    [TestCase("""{ "evidence": "few-shot", "declined": "Because." }""", "it is applied by a rule and declined", "keep one of these")]
    [TestCase("""{ "evidence": "few-shot", "needs": ["money"] }""", "need money does not exist", "take one of several-calls")]
    [TestCase("""{ "evidence": "few-shot", "within": { "intents": ["cooking"] } }""", "intent cooking does not exist", "take one of")]
    public void Parse_FaultyTechnique_NamesItAndTheCure(string facts, string fault, string cure)
    {
        string second = SmallPolicy.Rule.Replace("r1", "r2", StringComparison.Ordinal).Replace("t1", "t2", StringComparison.Ordinal);

        string refusal = SmallPolicy.Refusal(SmallPolicy.Json(SmallPolicy.Rule + "," + second, facts, """, "t2": { "evidence": "few-shot" }"""));

        Assert.That(refusal, Does.Contain("technique t1: ").And.Contain(fault).And.Contain(cure));
    }

    [Test]
    public void Parse_RequiresInACircle_ShowsTheCircle()
    {
        string Rule(int n) => SmallPolicy.Rule.Replace("r1", $"r{n}", StringComparison.Ordinal).Replace("t1", $"t{n}", StringComparison.Ordinal);

        string refusal = SmallPolicy.Refusal(SmallPolicy.Json(
            $"{Rule(1)}, {Rule(2)}, {Rule(3)}", """{ "evidence": "few-shot", "requires": ["t2"] }""",
            """, "t2": { "evidence": "few-shot", "requires": ["t3"] }, "t3": { "evidence": "few-shot", "requires": ["t1"] }"""));

        Assert.That(refusal, Does.Contain("technique t1: requires goes in a circle: t1 -> t2 -> t3 -> t1"));
    }

    [TestCase("""{ "evidence": "few-shot", "requires": ["HasExamples"] }""", "requires HasExamples, which the rule does not ask for; add HasExamples to has")]
    [TestCase("""{ "evidence": "few-shot", "within": { "reasoning": false } }""", "it holds where t1 would do harm by the evidence; set reasoning to false")]
    [TestCase("""{ "evidence": "few-shot", "within": { "intents": ["math_reasoning"] } }""", "name only math_reasoning in intents")]
    [TestCase("""{ "evidence": "few-shot", "within": { "lacks": ["HasSteps"] } }""", "add HasSteps to lacks")]
    [TestCase("""{ "evidence": "few-shot", "within": { "has": ["HasRole"] } }""", "add HasRole to has")]
    public void Parse_RuleBeyondItsTechnique_IsRefused(string facts, string fault) =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json(SmallPolicy.Rule, facts)), Does.Contain("rule r1: ").And.Contain(fault));

    [Test]
    public void Parse_TechniqueWithoutFate_IsRefused() =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json("")), Does.Contain("technique t1: no rule applies it; write a rule, or say lint, declined or needs"));

    [TestCase("""{ "technique": "t9", "weight": 0.5, "reason": "x" }""", "decline of t9: the technique is not described")]
    [TestCase("""{ "technique": "t1", "weight": 0, "reason": "x" }""", "decline of t1: weight 0")]
    [TestCase("""{ "technique": "t1", "weight": 0.5, "reason": "" }""", "decline of t1: reason is empty")]
    public void Parse_FaultyDecline_IsRefused(string decline, string fault) =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json(SmallPolicy.Rule, declines: decline)), Does.Contain(fault));

    [Test]
    public void Parse_SlotWithoutQuestion_IsRefused() =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json(SmallPolicy.Rule, slots: """{ "slot": "weather", "weight": 0.5 }""")), Does.Contain("slot weather: it has no question; add one"));

    [Test]
    public void Parse_SameIdTwice_IsRefused() =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json($"{SmallPolicy.Rule}, {SmallPolicy.Rule}")), Does.Contain("rule r1: the id stands 2 times; rename all but one"));

    [TestCase("\"concise\": 2", "\"loud\": 2", "concise is missing; give the most lines")]
    [TestCase("\"concise\": 2", "\"concise\": -2", "concise is -2; give 0 or more lines")]
    [TestCase("\"lean\": 80", "\"fat\": 80", "lean is missing; give the most tokens")]
    public void Parse_FaultyLimit_NamesIt(string right, string wrong, string fault) =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json(SmallPolicy.Rule).Replace(right, wrong, StringComparison.Ordinal)), Does.Contain(fault));

    [TestCase("\"weight\"", "\"colour\": 1, \"weight\"", "(rule r1), line", "Take the property out")]
    [TestCase("\"weight\": 0.5", "\"weight\": \"much\"", "(rule r1), line", "Write the value as")]
    [TestCase("\"reason\": \"x\"", "\"reason\": null", "(rule r1), line", "Write the value as")]
    [TestCase("\"reason\": \"x\", ", "", "rule r1", "Add what is missing")]
    [TestCase("\"reason\": \"x\"", "\"reason\": \"x\", \"reason\": \"y\"", "line", "Keep one of them")]
    [TestCase("\"weight\": 0.5", "\"weight\": ", "line", "")]
    public void Parse_NoPolicy_SaysWhereAndHow(string right, string wrong, string where, string cure) =>
        Assert.That(SmallPolicy.Refusal(SmallPolicy.Json(SmallPolicy.Rule.Replace(right, wrong, StringComparison.Ordinal))), Does.Contain(where).And.Contain(cure));

    [Test]
    public void Version_FollowsTheContent()
    {
        Assert.That(TechniquePolicy.Shipped.Version, Does.Match("^pol_[0-9a-f]{16}$"));
        string one = SmallPolicy.Json(SmallPolicy.Rule), other = one.Replace("0.5", "0.6", StringComparison.Ordinal);

        string[] versions = [.. new[] { one, one, other }.Select(json => SmallPolicy.Parse(json).Version)];

        Assert.That(versions[1], Is.EqualTo(versions[0]));
        Assert.That(versions[2], Is.Not.EqualTo(versions[0]));
    }
}
