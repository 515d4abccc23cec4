using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Faults planted in outputs over the whole corpus: the checker must refuse every one of them.</summary>
public sealed class MutationTests
{
    const int AtLeast = 40;

    // A digit of "Beta3" or of a word in quotes is found with its word; one in a running Chinese sentence may be found by its neighbour only.
    const double ShareOfValues = 0.9;

    static readonly (string Name, Func<MutationCase, string?> Plant)[] Faults = [.. PlantedFaults.Asked, .. PlantedFaults.Words, .. PlantedFrameFaults.All];

    static IEnumerable<string> Names => Faults.Select(f => f.Name);

    [TestCaseSource(nameof(Names))]
    public void Check_OutputWithAFault_IsRefused(string name)
    {
        var plant = Faults.Single(f => f.Name == name).Plant;

        var planted = MutationCorpus.Cases.Select(c => (Case: c, Spoilt: plant(c))).Where(p => p.Spoilt is not null && p.Spoilt != p.Case.Enhanced).ToList();
        var missed = planted.Where(p => OutputProof.Check(p.Case.Original, p.Spoilt!, p.Case.Language, []).Refusal is null).ToList();

        TestContext.Out.WriteLine($"{name}: {planted.Count - missed.Count} of {planted.Count} caught");
        Assert.That(planted, Is.Not.Empty, "the fault applies nowhere");
        Assert.That(missed.Select(m => $"{m.Case.Original}\n---->\n{m.Spoilt}").Take(3), Is.Empty, $"{missed.Count} of {planted.Count} missed");
    }

    [Test]
    public void Check_LineInsideALockedRange_IsRefused()
    {
        var cut = MutationCorpus.Cases.Where(c => !c.Enhanced.Contains(c.Original.Trim(), StringComparison.Ordinal)).ToList();

        var missed = cut.Where(c => OutputProof.Check(c.Original, c.Enhanced, c.Language, [new(0, c.Original.TrimEnd().Length)]).Refusal is null);

        Assert.That(cut, Is.Not.Empty);
        Assert.That(missed.Select(c => c.Enhanced), Is.Empty);
    }

    [Test]
    public void Check_OutputWithoutAFault_IsProven()
    {
        var refused = MutationCorpus.Cases.Select(c => (c.Enhanced, OutputProof.Check(c.Original, c.Enhanced, c.Language, []).Refusal)).Where(c => c.Refusal is not null);

        Assert.That(refused.Take(3), Is.Empty);
    }

    // The search for values is a second net: it must hold even where a fault of the parser lets everything through.
    [TestCase("drop a number")]
    [TestCase("change a number")]
    [TestCase("change a unit")]
    [TestCase("swap two numbers")]
    [TestCase("drop a negation")]
    [TestCase("change the case of an identifier")]
    [TestCase("shorten a URL")]
    [TestCase("take the scheme off a URL")]
    [TestCase("change an e-mail address")]
    [TestCase("change a path")]
    [TestCase("rename a placeholder")]
    [TestCase("fill a placeholder in")]
    [TestCase("swap two placeholders")]
    [TestCase("make quotes typographic")]
    [TestCase("take the quotes off a quotation")]
    public void Values_WithoutTheParse_FindTheFault(string name)
    {
        var plant = Faults.Single(f => f.Name == name).Plant;

        var planted = MutationCorpus.Cases.Select(c => (Case: c, Spoilt: plant(c))).Where(p => p.Spoilt is not null).ToList();
        var found = planted.Count(p => ValuesDiffer(p.Case, p.Spoilt!));

        TestContext.Out.WriteLine($"{name}: {found} of {planted.Count} found by their values alone");
        Assert.That(found, Is.GreaterThan(planted.Count * ShareOfValues));
    }

    static bool ValuesDiffer(MutationCase planted, string spoilt)
    {
        var negations = Negations.Of(planted.Language);
        var own = OwnLines.Of(planted.Original, spoilt, PackGrammar.For(planted.Language)!);
        return ValueCheck.Difference(planted.Original, ValueCheck.Of(planted.Original, negations, null), spoilt, ValueCheck.Of(spoilt, negations, own.Contains), false) is not null;
    }

    [Test]
    public void Faults_AreMany() => Assert.That(Names.Distinct().Count(), Is.GreaterThanOrEqualTo(AtLeast));
}
