using PromptPlatform.Gateway.Limits;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class StoreBreakerTests
{
    private readonly TestClock _clock = new();

    [Test]
    public void Breaker_AfterItsFailures_LetsOneTryInEachPause()
    {
        var breaker = new StoreBreaker(2, TimeSpan.FromSeconds(1), _clock);

        bool[] opened = [breaker.Failed(), breaker.Failed(), breaker.Failed()];
        bool[] at0 = [breaker.MayTry(), breaker.MayTry()];
        _clock.Advance(TimeSpan.FromSeconds(1));
        bool[] at1 = [breaker.MayTry(), breaker.MayTry()];

        Assert.That(opened, Is.EqualTo(new[] { false, true, false }));
        Assert.That(at0, Is.EqualTo(new[] { false, false }));
        Assert.That(at1, Is.EqualTo(new[] { true, false }));
        Assert.That((breaker.Succeeded(), breaker.Succeeded(), breaker.MayTry(), breaker.MayTry()), Is.EqualTo((true, false, true, true)));
    }
}
