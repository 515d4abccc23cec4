using System.Net;
using PromptPlatform.Gateway.Limits;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class TokenBucketTests
{
    private readonly TestClock _clock = new();

    [Test]
    public void Take_UntilTheBurstIsGone_IsThenRefusedUntilTheNextToken()
    {
        var bucket = new TokenBucket(2, 3, _clock);

        var states = Enumerable.Range(0, 4).Select(_ => bucket.Take()).ToList();

        Assert.That(states.Select(s => s.Admitted), Is.EqualTo(new[] { true, true, true, false }));
        Assert.That(states.Select(s => s.Remaining), Is.EqualTo(new[] { 2, 1, 0, 0 }));
        Assert.That(states[3].UntilNext, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(states[3].UntilFull, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
    }

    [Test]
    public void Take_AfterAWhile_FindsTheTokensOfThatWhileAndNotMoreThanTheBurst()
    {
        var bucket = new TokenBucket(2, 3, _clock);
        for (int i = 0; i < 3; i++)
            bucket.Take();

        _clock.Advance(TimeSpan.FromSeconds(1));
        int afterOne = bucket.Peek().Remaining;
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That(afterOne, Is.EqualTo(2));
        Assert.That(bucket.Peek().Remaining, Is.EqualTo(3));
    }

    [Test]
    public void Table_WhenFull_LetsNewcomersShareOneBucketAndForgetsIdleOnes()
    {
        using var table = new BucketTable<int>(1, 5, 10, _clock);
        for (int owner = 0; owner < 10; owner++)
            table.Of(owner).Take();

        var shared = table.Of(100);

        Assert.That(table.Of(101), Is.SameAs(shared));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(table.Count, Is.Zero);
        Assert.That(table.Of(101), Is.Not.SameAs(shared));
    }

    [TestCase("192.0.2.1", "::ffff:192.0.2.1", ExpectedResult = true)]
    [TestCase("192.0.2.1", "192.0.2.2", ExpectedResult = false)]
    [TestCase("2001:db8::1", "2001:db8::ffff:1", ExpectedResult = true)]
    [TestCase("2001:db8::1", "2001:db8:0:1::1", ExpectedResult = false)]
    public bool NetworkAddress_JoinsWhatOneHostOwns(string one, string other) =>
        NetworkAddress.Of(IPAddress.Parse(one)) == NetworkAddress.Of(IPAddress.Parse(other));
}
