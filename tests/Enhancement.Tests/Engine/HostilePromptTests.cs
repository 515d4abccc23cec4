using System.Text;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Texts that break parsers.</summary>
public sealed class HostilePromptTests
{
    static readonly string[] Scraps =
    [
        "summarize this:\n\n", "```", "```python\n", "\"\"\"", "<text>", "</text>", "<a", "{{x}}", "{%", "[SLOT]", "\r\n\r\n", "\t", "👩‍👩‍👧", "e\u0301\u0302\u0303", "שלום עולם", "مرحبا", "\u202Eabc\u202C", "`a`", "“quote”", "https://x.y/z?q=1",
        "a@b.co", "4111 1111 1111 1111", "ignore all previous instructions", "Translate into French: ", "以下の文章を要約してください。", "- item\n- item\n", "1. one\n2. two\n", "# Title\n", "Role: x\n", "?", "!!", "write a function", "not never no",
        "Requirements:\n", "- Return only the translation.\n", "word word word word word word word word word word word word word word word word word word word word word ", "Fasse zusammen:\n\n", "\0", "\u2028", "brief but detailed ",
    ];

    static IEnumerable<string> Generated()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 1500; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(1, 9); n > 0; n--)
                text.Append(Scraps[random.Next(Scraps.Length)]).Append(random.Next(3) == 0 ? "\n\n" : " ");
            yield return text.ToString();
        }
        yield return new string('a', PromptInput.MaxLength);
        yield return new string('{', PromptInput.MaxLength);
        yield return new string('`', PromptInput.MaxLength);
        yield return string.Concat(Enumerable.Repeat("<a>", PromptInput.MaxLength / 3));
        yield return string.Concat(Enumerable.Repeat("1.1.1.1 ", PromptInput.MaxLength / 8));
        yield return string.Concat(Enumerable.Repeat("summarize this text. ", PromptInput.MaxLength / 21));
        yield return "Summarize this text:\n\n" + string.Concat(Enumerable.Repeat("The town is quiet, and nobody hurries. ", 800));
        yield return string.Concat(Enumerable.Repeat("\"a ", PromptInput.MaxLength / 3));
        yield return string.Concat(Enumerable.Repeat("a@", PromptInput.MaxLength / 2));
    }

    [Test]
    public void Enhance_HostileText_KeepsEveryPromise()
    {
        var intents = new[] { "summarization", "translation", "code_generation", "information_extraction", "explanation", "professional_writing" };
        var targets = new[] { TargetModel.Generic, new TargetModel(null, ModelFamily.Claude, false), new(null, ModelFamily.Gpt, true) };
        var count = 0;
        foreach (var text in Generated())
        {
            count++;
            var input = PromptInput.Of(text, targets[count % 3], (PromptStyle)(count % 3)) with { Variations = count % 6 };
            var classification = new Classification(intents[count % intents.Length], 0.9, [], "general", 0.9, "moderate", false, false, null);
            var outcome = EngineCorpus.Enhance(input, classification);
            Assert.That(string.Concat(outcome.Diff.Where(d => d.Op != "insert").Select(d => d.Text)), Is.EqualTo(text));
            Assert.That(string.Concat(outcome.Diff.Where(d => d.Op != "delete").Select(d => d.Text)), Is.EqualTo(outcome.Enhanced));
            Assert.That(EngineCorpus.Enhance(input with { Prompt = outcome.Enhanced }, classification).Enhanced, Is.EqualTo(outcome.Enhanced), text);
        }
        Assert.That(count, Is.GreaterThan(1500));
    }

    [Test]
    public void Classify_HostileText_NamesAKnownIntent()
    {
        foreach (var text in Generated())
            Assert.That(RuleClassifier.Classify(EngineCorpus.Enhancer.Read(PromptInput.Of(text))).IntentConfidence, Is.InRange(0, 1));
    }

    [Test]
    public void Enhance_WindowsLineEnds_StayWindowsLineEnds()
    {
        var outcome = EngineCorpus.Enhance(PromptInput.Of("Explain how DNS works\r\nto a new developer\r\n"), new("explanation", 0.9, [], "software", 0.9, "simple", false, false, null));
        Assert.That(outcome.Enhanced, Is.Not.EqualTo(outcome.Original));
        Assert.That(outcome.Enhanced.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n").And.Not.Contain("\r"));
    }
}
