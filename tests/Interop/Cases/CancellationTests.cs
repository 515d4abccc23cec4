using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>A caller that gives up, and a server that does.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class CancellationTests(Meeting meeting) : MeetingFixture(meeting)
{
    // More than the flow-control windows of all three servers hold.
    private static readonly CallPlan MuchMore = new("", CallKind.ClientStream, []) { Fill = 100_000, Repeat = 200 };

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Cancel_WhileTheHandlerWaits_ReachesIt(CallKind kind)
    {
        CallPlan plan = CallPlan.Of(kind, new Order { Wait = Wait.UntilCancelled }) with { Hold = true };
        Task<Outcome> call = CallAsync(plan);
        await NoteOf(plan, note => note.Waiting);

        await CancelAsync(plan);

        AssertEnded(await call, StatusCode.Cancelled);
        await NoteOf(plan, note => note.Cancelled);
    }

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Cancel_AtOnce_EndsTheCall(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, new Order { Wait = Wait.UntilCancelled }) with { CancelAtOnce = true });

        AssertEnded(outcome, StatusCode.Cancelled);
    }

    [Test]
    public async Task Cancel_MidDownload_ReachesTheHandler()
    {
        CallPlan plan = CallPlan.Download(new Order { Answers = 10, Wait = Wait.UntilCancelled }) with { CancelAfterAnswers = 5 };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, StatusCode.Cancelled);
        Assert.That(outcome.AnswerCount, Is.InRange(5, 10));
        await NoteOf(plan, note => note.Cancelled);
    }

    [Test]
    public async Task Cancel_OfADownloadThatFillsEveryWindow_FreesTheHandler()
    {
        CallPlan plan = CallPlan.Download(new Order { Answers = 100_000, AnswerBytes = 50_000 }) with { CancelAfterAnswers = 1 };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, StatusCode.Cancelled);
        await NoteOf(plan, note => note.Cancelled);
    }

    [Test]
    public async Task Cancel_MidChat_ReachesTheHandler()
    {
        CallPlan plan = CallPlan.Chat(new Order(), new Order { Wait = Wait.UntilCancelled }) with { CancelAfterAnswers = 2, Hold = true };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, StatusCode.Cancelled);
        await NoteOf(plan, note => note.Cancelled);
    }

    [Test]
    public async Task Cancel_OfOneCall_LeavesTheConnectionToOthers()
    {
        CallPlan other = CallPlan.Chat(new Order { Wait = Wait.UntilReleased }) with { Options = new() { Name = "shared" } };
        Task<Outcome> running = CallAsync(other);
        await NoteOf(other, note => note.Waiting);

        await CallAsync(CallPlan.Download(new Order { Answers = 1, Wait = Wait.UntilCancelled }) with { CancelAfterAnswers = 1, Options = other.Options });
        await ReleaseAsync(other);

        AssertEnded(await running, StatusCode.OK);
    }

    [TestCase(nameof(Mirror.MirrorBase.Upload), CallKind.ClientStream)]
    [TestCase(nameof(Mirror.MirrorBase.Chat), CallKind.Duplex)]
    public async Task FailureOfTheServer_WhileTheCallerWritesMore_EndsTheCall(string method, CallKind kind)
    {
        var order = new Order { Failure = new Failure { Code = (int)StatusCode.FailedPrecondition, Text = "enough" } };

        Outcome outcome = await CallAsync(MuchMore with { Method = method, Kind = kind, Requests = [order], Name = CallPlan.NewName() });

        AssertEnded(outcome, StatusCode.FailedPrecondition, "enough");
        Assert.That(outcome.WriteFailure, Is.Null.Or.EqualTo(StatusCode.FailedPrecondition), "a failed write tells the server's status");
    }

    [TestCase(nameof(Mirror.MirrorBase.Upload), CallKind.ClientStream)]
    [TestCase(nameof(Mirror.MirrorBase.Chat), CallKind.Duplex)]
    public async Task SuccessOfTheServer_WhileTheCallerWritesMore_EndsTheCall(string method, CallKind kind)
    {
        CallPlan plan = MuchMore with { Method = method, Kind = kind, Requests = [new Order { Enough = true }], Name = CallPlan.NewName() };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(1));
        Assert.That(outcome.Answer.Orders, Is.EqualTo(1));
    }

    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.Duplex)]
    public async Task SuccessOfTheServer_WhileTheCallerIsIdle_EndsTheCall(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, new Order { Enough = true }) with { Hold = true });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(1));
    }

    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.Duplex)]
    public async Task FailureOfTheServer_BeforeItReads_LeavesTheConnectionToOthers(CallKind kind)
    {
        var options = new ChannelPlan { Name = $"early {kind}" };
        for (int round = 0; round < 10; round++)
        {
            Outcome outcome = await CallAsync(MuchMore with { Method = "Nothing", Kind = kind, Requests = [new Order()], Name = CallPlan.NewName(), Options = options });
            AssertEnded(outcome, StatusCode.Unimplemented);

            AssertEnded(await CallAsync(CallPlan.Ask(new Order()) with { Options = options }), StatusCode.OK);
        }
    }
}
