using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptPlatform.TestKit;

namespace PromptPlatform.Messaging.Tests;

/// <summary>Outbox, real RabbitMQ, inbox: what is announced has its effect once, whatever happens on the way.</summary>
public sealed class BrokerTests
{
    private readonly List<BrokerService> _services = [];
    private RabbitServer _broker = null!;

    [OneTimeSetUp]
    public async Task StartBrokerAsync() => _broker = await RabbitServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopBrokerAsync() => await _broker.DisposeAsync();

    [TearDown]
    public async Task StopServicesAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
        // An exchange that outlives its queue sends what comes to the alternate one, also in the next test.
        await RawBroker.DeleteExchangesAsync(_broker.ConnectionString, [.. _services.Select(service => service.Name)]);
        _services.Clear();
        foreach (string queue in (await _broker.ControlAsync("list_queues", "name", "--no-table-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await _broker.ControlAsync("delete_queue", queue.Trim());
    }

    [Test]
    public async Task AnEvent_HasOneEffectInEveryServiceThatConsumesIt()
    {
        var publisher = await StartAsync(await BrokerService.PublisherAsync(_broker.ConnectionString));
        var first = await ListeningAsync(await CounterAsync("first"));
        var second = await ListeningAsync(await CounterAsync("second"));

        var events = await publisher.AnnounceAsync(50);

        await EffectsBecomeAsync(first, events.Select(e => e.EventId));
        await EffectsBecomeAsync(second, events.Select(e => e.EventId));
        Assert.That(await publisher.UnsentAsync(), Is.Empty);
    }

    [Test]
    public async Task AnEvent_ThatArrivesAgain_HasNoSecondEffect()
    {
        var publisher = await StartAsync(await BrokerService.PublisherAsync(_broker.ConnectionString));
        var counter = await ListeningAsync(await CounterAsync("again"));
        var events = await publisher.AnnounceAsync(3);
        await EffectsBecomeAsync(counter, events.Select(e => e.EventId));

        foreach (var happened in events)
            await counter.DeliverAsync(happened);

        Assert.That(await counter.EffectsAsync(), Is.EquivalentTo(events.Select(e => e.EventId)));
    }

    [Test]
    public async Task Topology_BeforeTheConsumerEverRan_KeepsItsEvents()
    {
        var counter = Own(await CounterAsync("late"));
        await counter.RunAsync("topology");
        var publisher = await StartAsync(await BrokerService.PublisherAsync(_broker.ConnectionString));
        var events = await publisher.AnnounceAsync(20);
        await Eventually(async () => (await publisher.UnsentAsync()).Count == 0);

        await counter.StartAsync();

        await EffectsBecomeAsync(counter, events.Select(e => e.EventId));
    }

    [Test]
    public async Task AnEventWithoutAQueue_WaitsInTheAlternateOne_AndIsReplayed()
    {
        var publisher = await StartAsync(await BrokerService.PublisherAsync(_broker.ConnectionString));
        var events = await publisher.AnnounceAsync(7);
        await QueueBecomesAsync("unrouted", 7);
        var counter = await ListeningAsync(await CounterAsync("forgotten"));

        await publisher.RunAsync("replay-unrouted");

        await EffectsBecomeAsync(counter, events.Select(e => e.EventId));
        await QueueBecomesAsync("unrouted", 0);
    }

    [Test]
    public async Task APoisonEvent_GoesToTheErrorQueueAfterFiveDeliveries_AndTheOthersFlow()
    {
        var faults = new TallyFaults();
        var publisher = await StartAsync(await BrokerService.PublisherAsync(_broker.ConnectionString));
        var counter = await ListeningAsync(Own(await BrokerService.CounterAsync("strict", _broker.ConnectionString, faults)));
        var poison = BrokerService.Feedback(Guid.NewGuid());
        faults.Poison = poison.EventId;

        await RawBroker.PublishAsync(_broker.ConnectionString, "", "strict", RawBroker.Envelope(poison));
        var good = await publisher.AnnounceAsync(10);

        await EffectsBecomeAsync(counter, good.Select(e => e.EventId));
        await QueueBecomesAsync("strict.error", 1);
        // The limit counts what came back: the first delivery and five more.
        Assert.That(faults.Attempts[poison.EventId], Is.EqualTo(6));

        faults.Poison = Guid.Empty;
        await counter.RunAsync("replay");

        await EffectsBecomeAsync(counter, [.. good.Select(e => e.EventId), poison.EventId]);
        await QueueBecomesAsync("strict.error", 0);
    }

    [TestCase("not json at all")]
    [TestCase("{}")]
    [TestCase("""{"message":{"eventId":"00000000-0000-0000-0000-000000000000","orgId":"3f3e4a54-9f1c-4f4e-8a83-1b8a1c3f5d11"},"messageType":["urn:message:PromptPlatform.Events:FeedbackSubmitted"]}""")]
    [TestCase("""{"message":{"eventId":"3f3e4a54-9f1c-4f4e-8a83-1b8a1c3f5d10"},"messageType":["urn:message:PromptPlatform.Events:FeedbackSubmitted"]}""")]
    [TestCase("""{"message":{},"messageType":["urn:message:Somebody.Else:Nonsense"]}""")]
    public async Task AMessageThatIsNoEvent_GoesToTheErrorQueue_AndTheOthersFlow(string body)
    {
        var publisher = await StartAsync(await BrokerService.PublisherAsync(_broker.ConnectionString));
        var counter = await ListeningAsync(await CounterAsync("hardened"));

        await RawBroker.PublishAsync(_broker.ConnectionString, "", "hardened", body);
        var good = await publisher.AnnounceAsync(5);

        await EffectsBecomeAsync(counter, good.Select(e => e.EventId));
        await QueueBecomesAsync("hardened.error", 1);
    }

    [Test]
    public async Task AnEventOfANewerVersion_WithFieldsThatNobodyKnows_IsConsumed()
    {
        var counter = await ListeningAsync(await CounterAsync("tolerant"));
        var happened = BrokerService.Feedback(Guid.NewGuid());
        string newer = RawBroker.Envelope(happened).Replace("\"rating\":\"up\"", "\"rating\":\"up\",\"mood\":{\"joy\":3},\"tags\":[1]", StringComparison.Ordinal);

        await RawBroker.PublishAsync(_broker.ConnectionString, "", "tolerant", newer);

        await EffectsBecomeAsync(counter, [happened.EventId]);
    }

    [Test]
    public async Task AService_StartsWithoutTheBroker_AndSendsWhenItIsBack()
    {
        await using var broker = await RabbitServer.StartAsync();
        var counter = Own(await BrokerService.CounterAsync("patient", broker.ConnectionString, new TallyFaults()));
        await counter.RunAsync("topology");
        await broker.KillAsync();

        var publisher = await StartAsync(await BrokerService.PublisherAsync(broker.ConnectionString));
        await counter.StartAsync();
        var events = await publisher.AnnounceAsync(30);
        Assert.That(await publisher.HealthAsync(), Is.Not.EqualTo(HealthStatus.Unhealthy));
        Assert.That(await publisher.UnsentAsync(), Has.Count.EqualTo(30));

        await broker.StartAgainAsync();

        await EffectsBecomeAsync(counter, events.Select(e => e.EventId));
        await StopServicesAsync();
    }

    // Once in some ten runs on a crowded machine the bus is not back within four minutes of a kill; why is not known yet, and a failure says where events are.
    [Test, Retry(2)]
    public async Task TheBrokerKilledUnderTraffic_LosesAndDoublesNothing()
    {
        await using var broker = await RabbitServer.StartAsync();
        var counter = Own(await BrokerService.CounterAsync("steady", broker.ConnectionString, new TallyFaults()));
        var publisher = Own(await BrokerService.PublisherAsync(broker.ConnectionString));
        await counter.RunAsync("topology");
        await counter.StartAsync();
        await publisher.StartAsync();
        var expected = new List<Guid>();
        for (int i = 0; i < 20; i++)
        {
            expected.AddRange((await publisher.AnnounceAsync(100)).Select(e => e.EventId));
            if (i == 8)
                await broker.KillAsync();
            if (i == 12)
                await broker.StartAgainAsync();
        }

        await EffectsBecomeAsync(counter, expected, async () =>
            $"{(await publisher.UnsentAsync()).Count} unsent, publisher {await publisher.HealthAsync()}, counter {await counter.HealthAsync()}, queues: "
            + await broker.ControlAsync("list_queues", "name", "messages", "messages_unacknowledged", "consumers", "--no-table-headers"));
        await StopServicesAsync();
    }

    private async Task<BrokerService> CounterAsync(string name) => Own(await BrokerService.CounterAsync(name, _broker.ConnectionString, new TallyFaults()));

    private BrokerService Own(BrokerService service)
    {
        if (!_services.Contains(service))
            _services.Add(service);
        return service;
    }

    private async Task<BrokerService> StartAsync(BrokerService service)
    {
        await Own(service).StartAsync();
        return service;
    }

    // The host is up before its bus is.
    private async Task<BrokerService> ListeningAsync(BrokerService service)
    {
        await service.RunAsync("topology");
        return await StartAsync(service);
    }

    private Task QueueBecomesAsync(string queue, int messages) => Eventually(async () =>
        (await _broker.ControlAsync("list_queues", "name", "messages", "--no-table-headers")).Split('\n').Any(line => line.Split('\t') is [var name, var count] && name == queue && count.Trim() == $"{messages}"));

    private static async Task EffectsBecomeAsync(BrokerService counter, IEnumerable<Guid> expected, Func<Task<string>>? state = null)
    {
        var ids = expected.Order().ToList();
        await Eventually(async () => (await counter.EffectsAsync()).Count >= ids.Count, async () => $"{(await counter.EffectsAsync()).Count} of {ids.Count} effects; {(state is null ? "" : await state())}");
        Assert.That((await counter.EffectsAsync()).Order(), Is.EqualTo(ids));
    }

    private static async Task Eventually(Func<Task<bool>> holds, Func<Task<string>>? state = null)
    {
        long since = Environment.TickCount64;
        while (!await holds())
        {
            // After a broker went away the bus may wait for more than a minute before it tries once more.
            if (Environment.TickCount64 - since > 240_000)
                Assert.Fail("it never held: " + (state is null ? "" : await state()));
            await Task.Delay(100);
        }
    }
}
