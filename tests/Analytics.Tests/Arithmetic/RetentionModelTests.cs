using PromptPlatform.Analytics.Retention;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

public sealed class RetentionModelTests
{
    [Test]
    public void Retention_OfRandomEvents_IsThatOfTheNaiveModel()
    {
        for (int seed = 0; seed < 1_000; seed++)
        {
            var dice = new Random(seed);
            int intervals = dice.Next(1, 12);
            bool rolling = dice.Next(2) == 0;
            var deeds = Enumerable.Range(0, dice.Next(60)).Select(_ => (Actor: dice.Next(8), Interval: dice.Next(intervals), Began: dice.Next(2) == 0)).ToList();

            var masks = deeds.GroupBy(d => d.Actor, (_, own) => new ActivityMask(Mask(own.Where(d => d.Began)), Mask(own.Where(d => !d.Began)), 1)).ToList();
            var cells = RetentionTable.Cells(masks, intervals, rolling);

            for (int row = 0; row < intervals; row++)
            {
                var cohort = deeds.Where(d => d.Began && d.Interval == row).Select(d => d.Actor).ToHashSet();
                Assert.That(cells[row][0], Is.EqualTo(cohort.Count), $"seed {seed}");
                for (int column = 1; column < intervals - row; column++)
                {
                    var back = deeds.Where(d => !d.Began && (rolling ? d.Interval >= row + column : d.Interval == row + column)).Select(d => d.Actor);
                    Assert.That(cells[row][column], Is.EqualTo(cohort.Intersect(back).Count()), $"seed {seed}, row {row}, column {column}");
                }
            }
        }
    }

    [Test]
    public void Stickiness_CountsActorsByHowManyIntervalsTheyWereActiveIn()
    {
        ActivityMask[] actors = [new(0b101, 0, 2), new(0b001, 0, 3), new(0b111, 0, 1), new(0, 0b111, 9)];

        Assert.That(RetentionTable.Stickiness(actors, 3), Is.EqualTo(new long[] { 3, 2, 1 }));
        Assert.That(RetentionTable.Active(actors, 3), Is.EqualTo(new long[] { 6, 1, 3 }));
        Assert.That(RetentionTable.StickinessRatio(actors, 3), Is.EqualTo(10 / 3d / 6).Within(1e-12));
        Assert.That(RetentionTable.StickinessRatio([], 3), Is.Zero);
    }

    private static ulong Mask(IEnumerable<(int Actor, int Interval, bool Began)> deeds) => deeds.Aggregate(0UL, (mask, d) => mask | (1UL << d.Interval));
}
