using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Tests;

public sealed class BatchPlanTests
{
    [Test]
    public void Split_OfEqualLengths_IsOnePart() => Assert.That(Split([32, 32, 32, 32], 512), Is.EqualTo(new[] { 4 }));

    [Test]
    public void Split_OfOneLongAmongShortOnes_RunsTheLongAlone() => Assert.That(Split([200, 10, 10, 10], 4096), Is.EqualTo(new[] { 1, 4 }));

    [Test]
    public void Split_KeepsEveryPartWithinTheTokens()
    {
        var lengths = Enumerable.Range(0, 64).Select(i => 1 + ((i * 37) % 256)).OrderDescending().ToArray();

        var ends = Split(lengths, 512);

        var starts = ends.Prepend(0).ToArray();
        Assert.That(ends.Index().Select(part => (part.Item - starts[part.Index]) * lengths[starts[part.Index]]), Is.All.LessThanOrEqualTo(512));
        Assert.That(ends[^1], Is.EqualTo(64));
        Assert.That(ends, Is.Ordered);
    }

    [Test]
    public void Split_OfAPromptLongerThanABatch_RunsItAlone() => Assert.That(Split([900, 8, 8], 512), Is.EqualTo(new[] { 1, 3 }));

    [Test]
    public void Split_OfOnePrompt_IsOnePart() => Assert.That(Split([1], 512), Is.EqualTo(new[] { 1 }));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Split_IsAsCheapAsTheBestOfAllCuts(int seed)
    {
        Random dice = new(seed);
        var lengths = Enumerable.Range(0, 10).Select(_ => dice.Next(1, 257)).OrderDescending().ToArray();

        var cost = CostOf(lengths, Split(lengths, 512));

        // Every subset of the nine gaps is a way to cut ten prompts.
        var best = Enumerable.Range(0, 1 << 9)
            .Select(mask => Enumerable.Range(1, 9).Where(gap => (mask & (1 << (gap - 1))) != 0).Append(10).ToArray())
            .Where(ends => ends.Zip(ends.Prepend(0)).All(part => part.First - part.Second == 1 || (part.First - part.Second) * lengths[part.Second] <= 512))
            .Min(ends => CostOf(lengths, ends));
        Assert.That(cost, Is.EqualTo(best).Within(1e-9));
    }

    private static double CostOf(int[] lengths, int[] ends) => ends.Zip(ends.Prepend(0)).Sum(part => BatchPlan.Cost(part.First - part.Second, lengths[part.Second]));

    private static int[] Split(int[] lengths, int maxTokens)
    {
        var ends = new int[lengths.Length];
        var parts = BatchPlan.Split(lengths, maxTokens, ends);
        return ends[..parts];
    }
}
