using PromptPlatform.Analytics.Facts;

namespace PromptPlatform.Analytics.Tests.Facts;

public sealed class FairnessReportTests
{
    // Quantile of 1 - 0.05 / 2 / 2: two groups are compared.
    private const double Z = 2.241402727604947;

    [Test]
    public void Gap_HasTheIntervalAgainstTheRestTimesItsShare_WidenedForAllGroups()
    {
        var report = FairnessReport.Of([new("en", new(180, 200)), new("de", new(60, 100)), new("ja", new(1, 5))], minCount: 30, alpha: 0.05);

        var (low, high) = new Proportion(60, 100).DifferenceInterval(new Proportion(181, 205), Z);
        var worst = report.Data[0];
        Assert.That(report.Data.Select(d => (d.Group, d.Enough)), Is.EqualTo(new[] { ("de", true), ("en", true), ("ja", false) }));
        Assert.That(worst.Gap, Is.EqualTo(0.6 - 241 / 305.0).Within(1e-12));
        Assert.That((worst.Low, worst.High), Is.EqualTo((low * 205 / 305, high * 205 / 305)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9));
        Assert.That(report.Data.Select(d => d.StandsOut), Is.EqualTo(new[] { true, true, false }));
        Assert.That(report.LargestGap, Is.EqualTo(0.3).Within(1e-12));
    }

    [Test]
    public void Groups_OfTheSameRate_DoNotStandOut()
    {
        var report = FairnessReport.Of([new("en", new(90, 100)), new("de", new(45, 50))], minCount: 30, alpha: 0.05);

        Assert.That(report.Data.Select(d => (d.Gap, d.StandsOut)), Is.EqualTo(new[] { (0d, false), (0d, false) }));
    }

    [Test]
    public void Group_ThatIsAll_IsComparedWithNothing()
    {
        var report = FairnessReport.Of([new("en", new(90, 100))], minCount: 30, alpha: 0.05);

        Assert.That((report.Data.Single().Enough, report.HasLargestGap), Is.EqualTo((false, false)));
    }
}
