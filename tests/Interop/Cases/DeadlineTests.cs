using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Deadlines on both sides. They are long enough to begin within, even on a busy machine.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class DeadlineTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const int Short = 2000;

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task PassedDeadline_EndsTheCallAndItsHandler(CallKind kind)
    {
        CallPlan plan = CallPlan.Of(kind, new Order { Wait = Wait.UntilCancelled }) with { DeadlineMs = Short };

        Outcome outcome = await CallAloneAsync(plan);

        AssertEnded(outcome, StatusCode.DeadlineExceeded);
        await NoteOf(plan, note => note is { Cancelled: true, Waiting: true });
    }

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task PassedDeadline_EndsTheCallWhenTheHandlerDoesNotListen(CallKind kind)
    {
        CallPlan plan = CallPlan.Of(kind, new Order { Wait = Wait.UntilReleased }) with { DeadlineMs = Short };

        Outcome outcome = await CallAloneAsync(plan);

        AssertEnded(outcome, StatusCode.DeadlineExceeded);
        await ReleaseAsync(plan);
        await NoteOf(plan, note => note.Ended);
    }

    [TestCase(-1000)]
    [TestCase(0)]
    [TestCase(1)]
    public async Task DeadlineThatIsOver_EndsTheCall(long milliseconds)
    {
        Outcome outcome = await CallAloneAsync(CallPlan.Ask(new Order { Wait = Wait.UntilCancelled }) with { DeadlineMs = milliseconds });

        AssertEnded(outcome, StatusCode.DeadlineExceeded);
    }

    [Test]
    public async Task DeadlineMidStream_KeepsTheAnswersBefore()
    {
        Outcome outcome = await CallAloneAsync(CallPlan.Download(new Order { Answers = 5, Wait = Wait.UntilCancelled }) with { DeadlineMs = Short });

        AssertEnded(outcome, StatusCode.DeadlineExceeded);
        Assert.That(outcome.AnswerCount, Is.EqualTo(5));
    }

    [Test]
    public async Task DeadlineOfAnIdleChat_EndsIt()
    {
        CallPlan plan = CallPlan.Chat(new Order()) with { Hold = true, DeadlineMs = Short };

        Outcome outcome = await CallAloneAsync(plan);

        AssertEnded(outcome, StatusCode.DeadlineExceeded);
        Assert.That(outcome.AnswerCount, Is.EqualTo(1));

        // Node.js ends its half of the stream before it resets it; the handler may see but that.
        await NoteOf(plan, note => note.Ended);
    }

    [Test]
    public async Task DeadlineOfAnIdleUpload_EndsIt()
    {
        Outcome outcome = await CallAloneAsync(CallPlan.Upload(new Order()) with { Hold = true, DeadlineMs = Short });

        AssertEnded(outcome, StatusCode.DeadlineExceeded);
    }

    [TestCase(60_000)]
    [TestCase(3_600_000)]
    [TestCase(100 * 3_600_000L)]
    // grpc-js counts milliseconds in 32 bits: 24 days are the most that it can serve.
    [TestCase(20 * 24 * 3_600_000L)]
    public async Task Deadline_ReachesTheServer(long milliseconds)
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { DeadlineMs = milliseconds };

        AssertEnded(await CallAloneAsync(plan), StatusCode.OK);

        // grpcio rounds up by up to a hundredth.
        Note note = await NoteOf(plan, note => note.Ended);
        Assert.That(note.DeadlineMs, Is.InRange(milliseconds - 30_000, milliseconds + (milliseconds / 100)));
    }

    [Test]
    public async Task NoDeadline_IsNoneAtTheServer()
    {
        CallPlan plan = CallPlan.Ask(new Order());

        AssertEnded(await CallAloneAsync(plan), StatusCode.OK);

        Assert.That((await NoteOf(plan, note => note.Ended)).DeadlineMs, Is.Zero);
    }

    // The server of grpcio, when deadline and handler end a call at the same moment, sends its trailers once more after the end of the
    // stream. For HttpClient that breaks the connection, with all calls on it.
    private Task<Outcome> CallAloneAsync(CallPlan plan) => CallAsync(plan with { Options = new() { Name = plan.Name } });
}
