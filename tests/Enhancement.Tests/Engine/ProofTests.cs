using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Faults planted in compositions; each must be caught.</summary>
public sealed class ProofTests
{
    const string Original = "Write a brief but comprehensive report about 3 servers, do not name \"atlas\".";
    static readonly LanguagePack Pack = LanguagePack.For("en")!;
    static readonly UserPiece Whole = new(new(0, Original.Length), 0);

    static string? Fault(string enhanced, params UserPiece[] pieces) => ProvenanceCheck.Fault(Original, enhanced, pieces, Pack);

    [Test]
    public void Fault_UserWordsWithPackSentences_IsNone() => Assert.Multiple(() =>
    {
        Assert.That(Fault(Original, Whole), Is.Null);
        Assert.That(Fault(Original + "\n\n## Requirements\n- " + Pack.Sentences["fact.unsure"], Whole), Is.Null);
        Assert.That(Fault(Original + "\n\n<requirements>\n- “brief” and “comprehensive” pull in different directions; what counts more: {{priority}}\n</requirements>", Whole), Is.Null);
    });

    [TestCase("Write a brief but comprehensive report about 4 servers, do not name \"atlas\".", TestName = "Fault_NumberChanged_IsFound")]
    [TestCase("Write a brief but comprehensive report about 3 servers, do name \"atlas\". xxxx", TestName = "Fault_NegationDropped_IsFound")]
    [TestCase("write a brief but comprehensive report about 3 servers, do not name \"atlas\".", TestName = "Fault_CaseChanged_IsFound")]
    public void Fault_UserWordsChanged_IsFound(string enhanced) => Assert.That(Fault(enhanced, Whole), Is.Not.Null);

    [TestCase("\n\nThe answer is 42.", TestName = "Fault_AnswerAdded_IsFound")]
    [TestCase("\n\n- You are a world-class expert.", TestName = "Fault_PersonaAdded_IsFound")]
    [TestCase("\n\n- Wenn du dir nicht sicher bist, sag es, statt zu raten.", TestName = "Fault_OtherLanguageAdded_IsFound")]
    [TestCase("\n\n- “brief” and “cheap” pull in different directions; what counts more: {{priority}}", TestName = "Fault_SlotWithForeignWord_IsFound")]
    [TestCase("\n\n<answer>", TestName = "Fault_UnknownTag_IsFound")]
    [TestCase(" Also name the owner.", TestName = "Fault_RequirementOnSameLine_IsFound")]
    public void Fault_SomethingForeignAdded_IsFound(string addition) => Assert.That(Fault(Original + addition, Whole), Is.Not.Null);

    [Test]
    public void Fault_WordsMissingOrTwice_IsFound() => Assert.Multiple(() =>
    {
        var half = new TextSpan(0, 20);
        Assert.That(Fault(Original[..20], new UserPiece(half, 0)), Is.Not.Null);
        Assert.That(Fault(Original + "\n" + Original[..20], Whole, new(half, Original.Length + 1)), Is.Not.Null);
        Assert.That(Fault(Original, new UserPiece(new(0, Original.Length + 5), 0)), Is.Not.Null);
    });

    [TestCase("3", "4")]
    [TestCase("not ", "")]
    [TestCase("\"atlas\"", "\"Atlas\"")]
    public void Check_SomethingOfValueLost_IsRefused(string was, string now)
    {
        var reading = EngineCorpus.Enhancer.Read(PromptInput.Of(Original));
        Assert.That(InvariantCheck.Check(reading, Original.Replace(was, now, StringComparison.Ordinal), "", [], Lexicons.Shipped.Detector), Is.Null);
    }

    [Test]
    public void Check_AdditionInAnotherLanguage_IsRefused()
    {
        var reading = EngineCorpus.Enhancer.Read(PromptInput.Of(Original));
        Assert.That(InvariantCheck.Check(reading, Original, "Wenn du dir nicht sicher bist, sag es, statt zu raten.", [], Lexicons.Shipped.Detector), Is.Null);
        Assert.That(InvariantCheck.Check(reading, Original, "", [new(0, 5)], Lexicons.Shipped.Detector), Is.EqualTo(new InvariantReport("none", "kept", "none", "none", "none", "kept", "kept", "kept", "kept")));
    }

    [Test]
    public void Enhance_LockedRangeAcrossASeam_IsNotTornApart()
    {
        var prompt = EngineCorpus.Prompts.Single(p => p.Id == "long-report");
        var seam = prompt.Text.IndexOf("\n\n", StringComparison.Ordinal);
        var locked = new TextSpan(seam - 10, seam + 12);
        var outcome = EngineCorpus.Enhance(prompt.Input with { Locked = [locked] }, prompt.Classification);
        Assert.That(outcome.Enhanced, Does.StartWith(prompt.Text));
        Assert.That(outcome.Invariants.Locked, Is.EqualTo("kept"));
        Assert.That(EngineCorpus.Enhance(prompt).Enhanced, Does.Not.StartWith(prompt.Text), "without the lock the text is moved");
    }
}
