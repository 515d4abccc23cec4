using PromptPlatform.Analytics.Webhooks;

namespace PromptPlatform.Analytics.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly Guid[] s_ids = [.. Enumerable.Range(0, 500).Select(_ => Guid.NewGuid())];

    [TestCase(1, 10)]
    [TestCase(2, 30)]
    [TestCase(7, 3600)]
    [TestCase(11, 36_000)]
    public void Next_VariesByAFifthAroundTheSchedule(int attempts, double seconds)
    {
        var delays = s_ids.Select(id => RetrySchedule.Next(attempts, id, null)!.Value.TotalSeconds).ToList();

        Assert.That(delays, Is.All.InRange(seconds * 0.8, seconds * 1.2));
        Assert.That(delays.Max() - delays.Min(), Is.GreaterThan(seconds * 0.35));
    }

    [Test]
    public void Next_AfterTheTwelfthAttempt_IsNone()
    {
        Assert.That(RetrySchedule.Next(RetrySchedule.MaxAttempts, s_ids[0], TimeSpan.FromHours(1)), Is.Null);
        Assert.That(Enumerable.Range(1, 11).Sum(n => RetrySchedule.Next(n, s_ids[0], null)!.Value.TotalHours), Is.InRange(19, 29));
    }

    [TestCase(100, 100)]
    [TestCase(1_000_000, 43_200, TestName = "{m}(capped)")]
    public void Next_WaitsAsLongAsTheEndpointAsks(double asked, double expected)
    {
        Assert.That(RetrySchedule.Next(1, s_ids[0], TimeSpan.FromSeconds(asked))!.Value.TotalSeconds, Is.EqualTo(expected));
    }

    [Test]
    public void Next_WhenTheEndpointAsksForLess_KeepsTheSchedule()
    {
        Assert.That(RetrySchedule.Next(3, s_ids[0], TimeSpan.FromSeconds(1)), Is.EqualTo(RetrySchedule.Next(3, s_ids[0], null)));
    }
}
