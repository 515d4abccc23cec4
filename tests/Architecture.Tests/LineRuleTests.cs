namespace PromptPlatform.Architecture.Tests;

public sealed class LineRuleTests
{
    [TestCaseSource(typeof(LineRules), nameof(LineRules.All))]
    public void Rule_Holds(object given)
    {
        var rule = (LineRule)given;

        var offences = SourceTree.CSharp.Where(rule.Applies).SelectMany(rule.Check).Select(offence => offence.ToString());

        Report.None(offences, rule.Cure);
    }

    [TestCaseSource(typeof(LineRules), nameof(LineRules.All))]
    public void Rule_FindsItsSample(object given)
    {
        var rule = (LineRule)given;

        Assert.That(rule.Check(new SourceFile("services/Catalog/Sample.cs", [rule.Sample])).ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Rules_SpeakAboutSomething()
    {
        Assert.That(LineRules.All.Where(rule => !SourceTree.CSharp.Any(rule.Applies)), Is.Empty);
    }
}
