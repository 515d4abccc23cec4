using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Every promise on texts that break parsers, for five families and three styles.</summary>
public sealed class HostilePromptTests
{
    const int SmallTexts = 600;
    const int LockSeed = 7;

    static readonly string[] Intents =
        ["summarization", "translation", "code_generation", "code_debugging", "information_extraction", "explanation", "professional_writing", "classification", "math_reasoning", "creative_writing", "planning"];

    // The deadline only stops a test that hangs; nothing here is timed.
    [Test, CancelAfter(900_000)]
    public void Enhance_SmallHostileTexts_KeepsEveryPromise(CancellationToken cancellation) => KeepsEveryPromise([.. HostileTexts.Small(SmallTexts)], 2, cancellation);

    [Test, CancelAfter(900_000)]
    public void Enhance_LargestHostileTexts_KeepsEveryPromise(CancellationToken cancellation) => KeepsEveryPromise([.. HostileTexts.Large()], 0, cancellation);

    static void KeepsEveryPromise(IReadOnlyList<string> texts, int variations, CancellationToken cancellation)
    {
        var promises = new Promises(scores: false);

        Parallel.For(0, texts.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var classification = new Classification(Intents[i % Intents.Length], 0.9, [], "general", 0.9, i % 2 == 0 ? "moderate" : "complex", false, false, null);
            foreach (var target in Promises.Families)
                foreach (var style in Promises.Styles)
                {
                    cancellation.ThrowIfCancellationRequested();
                    promises.Try(PromptInput.Of(texts[i], target, style) with { Variations = variations, Locked = Locks(texts[i], i) }, classification);
                }
        });

        promises.Print(TestContext.Out);
        Assert.That(promises.Violations, Is.Zero);
    }

    // Every third text has a locked range somewhere.
    static List<TextSpan> Locks(string text, int index)
    {
        if (index % 3 != 0 || text.Length < 2)
            return [];
        var random = new Random(LockSeed + index);
        var start = random.Next(text.Length - 1);
        return [new(start, Math.Min(text.Length, start + 1 + random.Next(60)))];
    }

    [Test]
    public void Classify_HostileText_NamesAKnownIntent()
    {
        foreach (var text in HostileTexts.Small(SmallTexts).Concat(HostileTexts.Large()))
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
