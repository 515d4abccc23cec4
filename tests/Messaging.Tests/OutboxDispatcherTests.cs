using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Outbox;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Messaging.Tests;

public sealed class OutboxDispatcherTests
{
    private readonly Guid _org = Guid.NewGuid();
    private ServiceDatabaseRig _publisher = null!;
    private ServiceDatabaseRig _subscriber = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _publisher = await ServiceDatabaseRig.StartAsync();
        _subscriber = await ServiceDatabaseRig.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _publisher.DisposeAsync();
        await _subscriber.DisposeAsync();
    }

    [Test]
    public async Task DispatchAsync_BringsEveryEventToTheConsumerOnce()
    {
        var counter = new CountingConsumer();
        for (int i = 0; i < 5; i++)
            await AnnounceAsync(Feedback());

        int sent = await Dispatcher(counter).DispatchAsync(CancellationToken.None).WithinAsync();
        int again = await Dispatcher(counter).DispatchAsync(CancellationToken.None).WithinAsync();

        Assert.That((sent, again, counter.Seen), Is.EqualTo((5, 0, 5)));
    }

    [Test]
    public async Task DispatchAsync_WhenTheConsumerFails_KeepsTheEventAndBringsItAgain()
    {
        var counter = new CountingConsumer { FailFirst = 1 };
        await AnnounceAsync(Feedback());

        int first = await Dispatcher(counter).DispatchAsync(CancellationToken.None).WithinAsync();
        int second = await Dispatcher(counter).DispatchAsync(CancellationToken.None).WithinAsync();

        Assert.That((first, second), Is.EqualTo((0, 1)));
        Assert.That(await InboxRowsAsync().WithinAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task DispatchAsync_WhenOneOfTwoConsumersFails_LeavesTheOtherWithOneEffect()
    {
        var good = new CountingConsumer();
        var bad = new OtherConsumer { FailFirst = 1 };
        await AnnounceAsync(Feedback());

        await Dispatcher(good, bad).DispatchAsync(CancellationToken.None).WithinAsync();
        await Dispatcher(good, bad).DispatchAsync(CancellationToken.None).WithinAsync();

        Assert.That((good.Seen, bad.Seen), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task DispatchAsync_WhenAnEventIsPoison_DeliversTheOthers()
    {
        var counter = new CountingConsumer { Poison = Guid.NewGuid() };
        await AnnounceAsync(Feedback() with { EnhancementId = counter.Poison });
        await AnnounceAsync(Feedback());

        await Dispatcher(counter).DispatchAsync(CancellationToken.None).WithinAsync();

        Assert.That(await InboxRowsAsync().WithinAsync(), Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(6)]
    public async Task DispatchAsync_WhenOneOfManyIsPoison_CommitsTheOthersOnce(int place)
    {
        var counter = new CountingConsumer { Poison = Guid.NewGuid() };
        for (int i = 0; i < 7; i++)
            await AnnounceAsync(i == place ? Feedback() with { EnhancementId = counter.Poison } : Feedback());

        int sent = await Dispatcher(counter).DispatchAsync(CancellationToken.None).WithinAsync();

        Assert.That((sent, await InboxRowsAsync().WithinAsync()), Is.EqualTo((6, 6L)));
    }

    [Test]
    public async Task DeliverAsync_OfAnEventThatIsThereTwice_HasOneEffect()
    {
        var counter = new CountingConsumer();
        var (once, twice) = (Feedback(), Feedback());

        await Subscription(counter).DeliverAsync([twice, once, twice], CancellationToken.None).WithinAsync();
        await Subscription(counter).DeliverAsync([once, Feedback()], CancellationToken.None).WithinAsync();

        Assert.That((counter.Seen, await InboxRowsAsync().WithinAsync()), Is.EqualTo((3, 3L)));
    }

    private EventSubscription<FeedbackSubmitted> Subscription(CountingConsumer consumer) => new(consumer, _subscriber.Database, new ErasedSubjects(_subscriber.Cipher), TimeProvider.System);

    private OutboxDispatcher Dispatcher(params CountingConsumer[] consumers) => new(
        _publisher.Database,
        new DirectTransport([.. consumers.Select(Subscription)]),
        TimeProvider.System,
        NullLogger<OutboxDispatcher>.Instance);

    private Task<int> AnnounceAsync(FeedbackSubmitted happened) =>
        _publisher.Database.ExecuteAsync(_org, batch => batch.Announce(happened), CancellationToken.None).WithinAsync();

    private FeedbackSubmitted Feedback() => new(Guid.NewGuid(), DateTimeOffset.UnixEpoch, _org, Guid.NewGuid(), "up", "", null, "");

    private async Task<long> InboxRowsAsync()
    {
        await using var transaction = await _subscriber.Database.BeginAsync(_org, CancellationToken.None);
        await using var command = transaction.Command("SELECT count(*) FROM inbox");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private class CountingConsumer : IEventConsumer<FeedbackSubmitted>
    {
        public int FailFirst { get; set; }

        public Guid Poison { get; init; }

        public int Seen { get; private set; }

        public Task ConsumeAsync(FeedbackSubmitted happened, TenantTransaction transaction, CancellationToken cancellation)
        {
            if (FailFirst-- > 0 || happened.EnhancementId == Poison)
                throw new InvalidOperationException("the consumer fails");
            Seen++;
            return Task.CompletedTask;
        }
    }

    private sealed class OtherConsumer : CountingConsumer;
}
