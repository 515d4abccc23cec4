using System.Diagnostics;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.Enhancement.Tests.Learning;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Processor time and memory per prompt; prints, asserts nothing. Run it by name.</summary>
[Explicit("prints figures")]
public sealed class EngineTimings
{
    [TestCase(20)]
    [TestCase(200)]
    [TestCase(2000)]
    public void Measure_ByLength(int words)
    {
        const string Sentence = "The harbour bridge carries 4,200 vehicles a day and must be closed in March for repairs. ";
        var text = "Summarize this article in plain words for my team:\n\n" + string.Concat(Enumerable.Repeat(Sentence, words / 16 + 1));
        var input = PromptInput.Of(text, new TargetModel(null, ModelFamily.Gpt, false));
        var classification = new Classification("summarization", 0.9, [], "general", 0.9, "moderate", false, false, null);
        void Times(string name, int count, Action run)
        {
            for (var i = 0; i < count; i++)
                run();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var i = 0; i < count; i++)
                run();
            var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
            TestContext.Out.WriteLine($"{words} words, {name}: {spent.TotalMicroseconds / count:F0} µs of processor time, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / count / 1024} KiB");
        }
        var enhancer = EngineCorpus.Enhancer;
        var reading = enhancer.Read(input);
        var plan = enhancer.Select(input, reading, classification, TechniqueCatalog.Empty);
        var count = 200_000 / Math.Max(words, 100);
        Times("read", count, () => enhancer.Read(input));
        Times("select", count, () => enhancer.Select(input, reading, classification, TechniqueCatalog.Empty));
        var learned = input with { Learning = Worlds.Where(_ => Worlds.Middling) };
        Times("select by what was learned", count, () => enhancer.Select(learned, reading, classification, TechniqueCatalog.Empty));
        Times("compose", count, () => enhancer.Compose(input, reading, classification, plan, TechniqueCatalog.Empty));
        Times("safety", count, () => Safety.SafetyScanner.Scan(text));
    }
}
