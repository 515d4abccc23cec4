using PromptPlatform.Gateway.Upstreams;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Upstreams;

internal sealed class RetryBudgetTests
{
    [Test]
    public void Budget_HoldsItsBurstThenItsShare()
    {
        var budget = new RetryBudget(10, 2);

        int burst = Enumerable.Range(0, 5).Count(_ => budget.TryTake());
        for (int i = 0; i < 29; i++)
            budget.Deposit();

        Assert.That((burst, Enumerable.Range(0, 5).Count(_ => budget.TryTake())), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Budget_OfZeroPercent_IsEmpty()
    {
        Assert.That(new RetryBudget(0, 200).TryTake(), Is.False);
    }

    [Test]
    public void Window_ForgetsAfterThreeSeconds()
    {
        var clock = new TestClock();
        var window = new OutcomeWindow(clock);
        window.Add(failed: true);
        clock.Advance(TimeSpan.FromSeconds(2));
        window.Add(failed: false);

        var both = window.Read();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((both, window.Read()), Is.EqualTo(((2, 1), (1, 0))));
    }
}
