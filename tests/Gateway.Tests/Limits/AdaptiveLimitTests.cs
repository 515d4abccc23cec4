using PromptPlatform.Gateway.Limits;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class AdaptiveLimitTests
{
    private readonly TestClock _clock = new();

    [Test]
    public void Limit_ThatIsReachedWhileAnswersAreFast_Rises()
    {
        var limit = Limit();

        Answer(limit, slow: 0, reached: true);

        Assert.That(limit.Current, Is.EqualTo(110));
    }

    [Test]
    public void Limit_ThatIsNotReached_Stays()
    {
        var limit = Limit();

        Answer(limit, slow: 0, reached: false);

        Assert.That(limit.Current, Is.EqualTo(100));
    }

    [TestCase(79, 110)]
    [TestCase(80, 90)]
    public void Limit_FallsWhenFourOfFiveAreSlow(int slow, int expected)
    {
        var limit = Limit();

        Answer(limit, slow, reached: true);

        Assert.That(limit.Current, Is.EqualTo(expected));
    }

    [Test]
    public void Limit_StaysWithinItsBounds()
    {
        var (low, high) = (Limit(), Limit());
        for (int i = 0; i < 100; i++)
        {
            Answer(low, slow: 100, reached: true);
            Answer(high, slow: 0, reached: true);
        }

        Assert.That((low.Current, high.Current), Is.EqualTo((20, 400)));
    }

    [Test]
    public void BestTime_IsForgottenAfterTwoMinutes()
    {
        var best = new BestTime(_clock);
        best.Note(TimeSpan.FromMilliseconds(1));
        _clock.Advance(TimeSpan.FromSeconds(61));
        var soon = best.Note(TimeSpan.FromMilliseconds(9));
        _clock.Advance(TimeSpan.FromSeconds(61));

        Assert.That((soon.TotalMilliseconds, best.Note(TimeSpan.FromMilliseconds(10)).TotalMilliseconds), Is.EqualTo((1, 9)));
    }

    private AdaptiveLimit Limit() => new(new SheddingOptions { MinInFlight = 20, InFlight = 100, MaxInFlight = 400 }, _clock);

    private void Answer(AdaptiveLimit limit, int slow, bool reached)
    {
        if (reached)
            limit.Reached();
        _clock.Advance(TimeSpan.FromSeconds(0.05));
        for (int i = 0; i < 99; i++)
            limit.Answered(i < slow);
        _clock.Advance(TimeSpan.FromSeconds(0.05));
        limit.Answered(slow > 99);
    }
}
