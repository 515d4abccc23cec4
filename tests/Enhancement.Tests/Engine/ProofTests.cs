using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>The checker by itself: what it lets through and what it refuses, of two texts that no composer has written.</summary>
public sealed class ProofTests
{
    const string Original = "Write a brief but comprehensive report about 3 servers, do not name \"atlas\".";
    const string Pasted = "Summarize this text:\n\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n\nKeep it short.";
    static readonly LanguagePack Pack = LanguagePack.For("en")!;

    static string? Refusal(string original, string enhanced, params TextSpan[] locked) => OutputProof.Check(original, enhanced, "en", locked).Refusal;

    static IEnumerable<string> Proven() =>
    [
        Original + "\n\n" + Pack.Sentences["fact.unsure"],
        Original + "\n\n## Requirements\n- " + Pack.Sentences["fact.unsure"],
        Original + "\n\n<requirements>\n- “brief” and “comprehensive” pull in different directions; what counts more: {{priority}}\n</requirements>",
    ];

    [TestCaseSource(nameof(Proven))]
    public void Check_UserWordsWithPackLines_IsProven(string enhanced) => Assert.That(Refusal(Original, enhanced), Is.Null);

    [TestCase("Summarize this text:\n\n<text>\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n</text>\n\nKeep it short.")]
    [TestCase("<text>\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n</text>\n\nSummarize this text:\n\nKeep it short.")]
    [TestCase("The harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n\nSummarize this text:\n\nKeep it short.")]
    [TestCase("Text:\n\"\"\"\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n\nKeep it short.\n\"\"\"\n\nSummarize this text:")]
    public void Check_DataSetApartOrMovedToTheFront_IsProven(string enhanced) => Assert.That(Refusal(Pasted, enhanced), Is.Null);

    [TestCase("Summarize this text:\n\nIt closes in March.\n\nThe harbour bridge carries 4,200 vehicles a day.\n\nKeep it short.", TestName = "Check_ParagraphsSwapped_IsRefused")]
    [TestCase("Keep it short.\n\nSummarize this text:\n\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.", TestName = "Check_ShortInstructionMovedToTheFront_IsRefused")]
    [TestCase("Summarize this text:\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n\nKeep it short.", TestName = "Check_BlankLineLost_IsRefused")]
    [TestCase("Summarize this text:\n\n<text>\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n\nKeep it short.", TestName = "Check_TagLeftOpen_IsRefused")]
    [TestCase("Summarize this text:\n\nThe harbour bridge carries 4,200 vehicles a day.\n\n## Requirements\n\nIt closes in March.\n\nKeep it short.", TestName = "Check_HeadingOverTheUsersWords_IsRefused")]
    [TestCase("Summarize this text:\n\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.", TestName = "Check_LastParagraphLost_IsRefused")]
    [TestCase("Summarize this text:\n\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n\nKeep it short.\n\nKeep it short.", TestName = "Check_ParagraphTwice_IsRefused")]
    public void Check_PartsMishandled_IsRefused(string enhanced) => Assert.That(Refusal(Pasted, enhanced), Is.Not.Null);

    [TestCase("3", "4", TestName = "Check_NumberChanged_IsRefused")]
    [TestCase("not ", "", TestName = "Check_NegationDropped_IsRefused")]
    [TestCase("\"atlas\"", "\"Atlas\"", TestName = "Check_QuoteChanged_IsRefused")]
    [TestCase("Write", "write", TestName = "Check_CaseChanged_IsRefused")]
    public void Check_WordsChanged_IsRefused(string was, string now) =>
        Assert.That(Refusal(Original, Original.Replace(was, now, StringComparison.Ordinal) + "\n\n" + Pack.Sentences["fact.unsure"]), Is.Not.Null);

    [TestCase("\n\nThe answer is 42.", TestName = "Check_AnswerAdded_IsRefused")]
    [TestCase("\n\n- You are a world-class expert.", TestName = "Check_PersonaAdded_IsRefused")]
    [TestCase("\n\n- Wenn du dir nicht sicher bist, sag es, statt zu raten.", TestName = "Check_OtherLanguageAdded_IsRefused")]
    [TestCase("\n\n- “brief” and “cheap” pull in different directions; what counts more: {{priority}}", TestName = "Check_SlotWithForeignWord_IsRefused")]
    [TestCase("\n\n- “brief” and “hens” pull in different directions; what counts more: {{priority}}", TestName = "Check_SlotWithHalfAWord_IsRefused")]
    [TestCase("\n\n<answer>", TestName = "Check_UnknownTag_IsRefused")]
    [TestCase(" Also name the owner.", TestName = "Check_RequirementOnTheSameLine_IsRefused")]
    public void Check_SomethingForeignAdded_IsRefused(string addition) => Assert.That(Refusal(Original, Original + addition), Is.Not.Null);

    [Test]
    public void Check_SentenceSaidTwice_IsRefused() =>
        Assert.That(Refusal(Original, Original + "\n\n- " + Pack.Sentences["fact.unsure"] + "\n- " + Pack.Sentences["fact.unsure"]), Is.EqualTo("frame"));

    [Test]
    public void Check_BlankWithTheNameOfTheUsersPlaceholder_IsRefused() =>
        Assert.That(Refusal("Write to {{audience}} about the move.", "Write to {{audience}} about the move.\n\n" + Pack.Sentences["detail.audience"]), Is.EqualTo("placeholder"));

    [Test]
    public void Check_LineBetweenLockedWords_IsRefused()
    {
        const string Cut = "Summarize this text:\n\n<text>\nThe harbour bridge carries 4,200 vehicles a day.\n\nIt closes in March.\n</text>\n\nKeep it short.";
        var seam = Pasted.IndexOf(":\n\nThe", StringComparison.Ordinal);

        Assert.That(Refusal(Pasted, Cut, new TextSpan(seam - 4, seam + 6)), Is.EqualTo("locked"));
        Assert.That(Refusal(Pasted, Cut, new TextSpan(0, seam)), Is.Null);
    }

    [Test]
    public void Check_FencedCodeWithAnInnerBlankLine_StaysInOnePiece()
    {
        const string Code = "Fix this code:\n\n```python\ndef f():\n    return 1\n\ndef g():\n    return 2\n```";

        Assert.That(Refusal(Code, Code + "\n\n" + Pack.Sentences["fact.unsure"]), Is.Null);
        Assert.That(Refusal(Code, Code.Replace("return 1\n", "return 1\n\n" + Pack.Sentences["fact.unsure"] + "\n", StringComparison.Ordinal)), Is.Not.Null);
    }

    [Test]
    public void Check_IndentationOfTheFirstCodeLineLost_IsRefused()
    {
        const string Code = "Fix this code:\n\n    x = 1\n    y = 2";

        Assert.That(Refusal(Code, "Fix this code:\n\n```\n    x = 1\n    y = 2\n```"), Is.Null);
        Assert.That(Refusal(Code, "Fix this code:\n\n```\nx = 1\n    y = 2\n```"), Is.Not.Null);
    }

    [Test]
    public void Check_CutAfterTheColonOfCode_IsRefused() =>
        Assert.That(Refusal("Explain this code\ndef f():\n    return 1", "Explain this code\ndef f():\n\n```\n    return 1\n```"), Is.Not.Null);

    [Test]
    public void Check_SectionsOfTheUserRearranged_IsRefused() =>
        Assert.That(Refusal("# Role\nEditor.\n\n# Task\nWrite about tides for adults.", "# Task\nWrite about tides for adults.\n\n# Role\nEditor."), Is.EqualTo("order"));

    [Test]
    public void Check_Report_NamesWhatThePromptHolds() =>
        Assert.That(OutputProof.Check(Original, Original, "en", [new(0, 5)]).Report, Is.EqualTo(new InvariantReport("none", "kept", "none", "none", "none", "kept", "kept", "kept", "kept")));

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
