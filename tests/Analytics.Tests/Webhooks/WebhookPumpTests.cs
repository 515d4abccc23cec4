using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Webhooks;

/// <summary>The pump sends by itself; the clock of the test is what it waits by.</summary>
internal sealed class WebhookPumpTests : WebhookTest
{
    protected override string[] Settings => ["--Analytics:Webhooks:AllowLoopback=true"];

    [Test]
    public async Task Pump_WithAnEndpointThatHangs_SendsToTheOthers()
    {
        var release = new TaskCompletionSource();
        await using var slow = await Receiver.StartAsync();
        slow.Answer = _ => release.Task;
        var (slowPath, _) = await CreateAsync(slow.Url);
        await CreateAsync();

        for (int i = 0; i < 20; i++)
            await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        await TurnUntilAsync(() => Endpoint.Events.Count == 20);

        Assert.That(slow.Events, Has.Count.EqualTo(4), "its bound");
        release.SetResult();
        await TurnUntilAsync(() => slow.Events.Count == 20);
        Assert.That(await DeliveriesAsync(slowPath), Has.Length.EqualTo(20));
    }

    private async Task TurnUntilAsync(Func<bool> done)
    {
        // Small steps: the sendings under way must not reach their deadline by them.
        for (int step = 0; !done() && step < 3000; step++)
        {
            if (step % 20 == 0)
                Analytics.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(10).WithinAsync();
        }
        Assert.That(done(), Is.True);
    }
}
