using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Tests.PersonalData;

internal sealed class ErasureTests : PersonalDataTest
{
    [Test]
    public async Task Erasure_OfAnActor_TakesTheirRowsAndNobodyElses()
    {
        var other = Guid.NewGuid();
        await SendAsync("ann", 3);
        await SendAsync("bob", 2);
        await SendAsync("ann", 1, other);
        await Analytics.DeliverAsync(Enhanced("ann"));
        await Analytics.DeliverAsync(Enhanced("bob"));

        var receipt = await HandleAsync(Erased("ann"));

        Assert.That((receipt.Kind, receipt.Service), Is.EqualTo(("erasure", "analytics")));
        Assert.That((RowsOf(receipt, "events"), RowsOf(receipt, "enhancement_facts"), RowsOf(receipt, "webhooks")), Is.EqualTo((3, 1, 0)));
        // Bob's two, and one of the platform for each enhancement, which tells no actor.
        Assert.That((await CountAsync("events"), await CountAsync("enhancement_facts"), await CountAsync("events", other)), Is.EqualTo((4, 1, 1)));
    }

    [Test]
    public async Task Erasure_OfAnActor_TakesWhatTheirEnhancementsTookPartIn()
    {
        string experiment = $"exp_{Guid.NewGuid():N}";
        foreach (string actor in new[] { "ann", "bob" })
            await Analytics.DeliverAsync(Enhanced(actor) with { Exposures = [new ExperimentExposure(experiment, "control", 7)] });

        var receipt = await HandleAsync(Erased("ann"));

        Assert.That((RowsOf(receipt, "experiment_exposures"), await CountAsync("experiment_exposures")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Erasure_LeavesCountsThatNobodyIsIn()
    {
        await SendAsync("ann", 3);
        await Analytics.DeliverAsync(Enhanced("ann"));

        await HandleAsync(Erased());

        Assert.That((await CountAsync("events"), await CountAsync("usage_days"), await CountAsync("event_quarters")), Is.EqualTo((0, 1, 2)));
    }

    [Test]
    public async Task Erasure_OfManyRows_TakesThemAll()
    {
        for (int i = 0; i < 6; i++)
            await SendAsync("ann", 1000);

        var receipt = await HandleAsync(Erased("ann"));

        Assert.That((RowsOf(receipt, "events"), await CountAsync("events")), Is.EqualTo((6000, 0)));
    }

    [Test]
    public async Task Erasure_ThatComesTwice_GivesOneReceipt()
    {
        await SendAsync("ann");
        var request = Erased("ann");

        await HandleAsync(request);
        await Analytics.DeliverAsync(request);
        Analytics.Clock.Advance(TimeSpan.FromHours(2));
        await ReceiptAsync(request);

        Assert.That(await ReceiptsAsync(Org), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Erasure_AskedForAgain_FindsNothingMore()
    {
        await SendAsync("ann", 2);

        var first = await HandleAsync(Erased("ann"));
        var second = await HandleAsync(Erased("ann"));

        Assert.That((RowsOf(first, "events"), RowsOf(second, "events")), Is.EqualTo((2, 0)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task Erasure_InAnyOrderWithEvents_EndsWithNothing(int place)
    {
        var late = Enhanced("ann");
        var judged = Happened.Feedback(Org, late.EnhancementId, "2026-03-10T11:00:00Z", "up") with { Actor = "ann" };
        var request = Erased("ann");
        List<IPlatformEvent> all = [late, judged];
        all.Insert(place, request);

        foreach (var happened in all)
            await Analytics.DeliverAsync(happened);
        await ReceiptAsync(request);

        Assert.That(await CountAsync("enhancement_facts"), Is.Zero);
    }

    [Test]
    public async Task LateEvents_OfAnErasedOrganisation_AreDropped()
    {
        await HandleAsync(Erased());

        await Analytics.DeliverAsync(Enhanced("ann"));
        await Analytics.DeliverAsync(Happened.Feedback(Org, Guid.NewGuid(), "2026-03-10T11:00:00Z", "up"));

        Assert.That((await CountAsync("events"), await CountAsync("enhancement_facts"), await CountAsync("ratings"), await CountAsync("usage_days")), Is.EqualTo((0, 0, 0, 0)));
    }

    [Test]
    public async Task LateEvents_OfAProduct_AreRefusedForTheErasedActorAlone()
    {
        await HandleAsync(Erased("ann"));

        var answer = await Analytics.SendAsync(Org, Event("bob"), Event("ann"));

        Assert.That((answer.Accepted, answer.Refused), Is.EqualTo((1, 1)));
        Assert.That((answer.Results[1].Errors[0].Pointer, answer.Results[1].Errors[0].Detail), Is.EqualTo(("/events/1/actor", "is of somebody whose data were erased; send nothing of them")));
    }

    [Test]
    public async Task LateRows_ThatSlippedIn_AreErasedByTheSweeps()
    {
        await HandleAsync(Erased());
        // As a request does that had been let in before and commits after.
        await SendAsync("ann", 2);
        Assert.That(await CountAsync("events"), Is.EqualTo(2));

        Analytics.Clock.Advance(TimeSpan.FromMinutes(1));
        await TurnUntilAsync(async () => await CountAsync("events") == 0);

        Assert.That(await ReceiptsAsync(Org), Has.Count.EqualTo(1));
    }

    private PromptEnhanced Enhanced(string actor) => Happened.Enhanced(Org, "2026-03-10T11:00:00Z") with { Actor = actor };
}
