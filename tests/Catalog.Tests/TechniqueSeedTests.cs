using PromptPlatform.Catalog.Seeding;
using PromptPlatform.Catalog.Techniques;

namespace PromptPlatform.Catalog.Tests;

public sealed class TechniqueSeedTests
{
    private const string Right = """
        {"id":"one","name":"One","family":"safety","what":"Does.","helps":["x"],"hurts":[],"requires":{"tools":true,"examples":false},"apply_mode":"inline","llm_calls":1,"token_cost_factor":1.5,"reasoning_models":"use","suggested_policy":"opt-in","evidence":{"paper":"P","arxiv":"1","figure":"50%","figure_status":"abstract","verified_via":null,"arxiv_check":"confirmed"},"caveat":null,"combines_with":[],"conflicts_with":[],"intents":[],"intents16":["translation"]}
        """;

    [Test]
    public void Read_GivesTheWholeCatalogue()
    {
        var seed = TechniqueSeed.Read();

        Assert.That(seed.Techniques, Has.Length.EqualTo(163));
        Assert.That(seed.Techniques.Select(t => t.Family).Distinct(), Is.EquivalentTo(TechniqueWords.Families));
    }

    [Test]
    public void Revision_IsRaisedWithEveryChangeOfTheFile()
    {
        var seed = TechniqueSeed.Read();

        // When this fails, the file has changed: raise TechniqueSeed.CurrentRevision, then write both numbers here.
        Assert.That((seed.Revision, seed.Hash), Is.EqualTo((1, "68088c6650a2f737fc744b63ea2d8602cd5f25f14aca118f879de16f5511a435")));
    }

    [Test]
    public void Parse_OfAnyIntent_FitsAllSixteen()
    {
        var seed = TechniqueSeed.Parse(1, Right.Replace("[\"translation\"]", "[\"any\"]"));

        Assert.That(seed.Techniques.Single().Intents, Is.EqualTo(TechniqueWords.Intents));
    }

    [TestCase("\"figure_status\":\"abstract\"", "\"figure_status\":\"secondary\"", null)]
    [TestCase("\"figure_status\":\"abstract\"", "\"figure_status\":\"none\"", null)]
    [TestCase("\"figure_status\":\"abstract\"", "\"figure_status\":\"looks good\"", null)]
    [TestCase("", "", "50%")]
    public void Parse_KeepsAFigureOnlyWhenItWasSeenAtTheSource(string part, string other, string? figure)
    {
        var seed = TechniqueSeed.Parse(1, part.Length == 0 ? Right : Right.Replace(part, other));

        Assert.That(seed.Techniques.Single().Evidence.Figure, Is.EqualTo(figure));
    }

    [TestCase("\"name\":\"One\",", "", "name")]
    [TestCase("\"name\":\"One\"", "\"name\":null", "name")]
    [TestCase("\"name\":\"One\"", "\"name\":\" \"", "name is empty")]
    [TestCase("\"name\":\"One\"", "\"name\":\"One\",\"colour\":1", "colour")]
    [TestCase("\"id\":\"one\"", "\"id\":\"One!\"", "id")]
    [TestCase("\"family\":\"safety\"", "\"family\":\"x\"", "family x is none of")]
    [TestCase("\"apply_mode\":\"inline\"", "\"apply_mode\":\"x\"", "apply_mode")]
    [TestCase("\"reasoning_models\":\"use\"", "\"reasoning_models\":\"x\"", "reasoning_models")]
    [TestCase("\"suggested_policy\":\"opt-in\"", "\"suggested_policy\":\"x\"", "suggested_policy")]
    [TestCase("\"tools\":true", "\"wings\":true", "requires")]
    [TestCase("\"llm_calls\":1", "\"llm_calls\":-1", "llm_calls")]
    [TestCase("\"token_cost_factor\":1.5", "\"token_cost_factor\":0", "token_cost_factor")]
    [TestCase("[\"translation\"]", "[\"singing\"]", "intents")]
    [TestCase("[\"translation\"]", "[]", "intents is empty")]
    [TestCase("\"combines_with\":[]", "\"combines_with\":[\"two\"]", "two")]
    [TestCase("\"conflicts_with\":[]", "\"conflicts_with\":[\"one\"]", "refers to one")]
    [TestCase("{", "", "line 1")]
    public void Parse_OfAWrongLine_NamesTheFault(string part, string wrong, string named)
    {
        string line = part == "{" ? Right[1..] : Right.Replace(part, wrong);

        Assert.That(() => TechniqueSeed.Parse(1, line), Throws.TypeOf<InvalidDataException>().With.Message.Contains(named));
    }

    [Test]
    public void Parse_OfAnIdGivenTwice_NamesTheLine()
    {
        Assert.That(() => TechniqueSeed.Parse(1, Right + "\n" + Right), Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 2: id one is given twice"));
    }
}
