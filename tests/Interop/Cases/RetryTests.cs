using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Callers whose service config lets them try again.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class RetryTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const string PreviousAttempts = "grpc-previous-rpc-attempts";

    private static readonly ChannelPlan ThreeTimes = new() { Attempts = 3, Name = "retries" };

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ServerStream)]
    public async Task Call_WhichFailsTwice_IsTriedAThirdTime(CallKind kind)
    {
        CallPlan plan = CallPlan.Of(kind, Failing(StatusCode.Unavailable, attempts: 2)) with { Options = ThreeTimes };

        AssertEnded(await CallAsync(plan), StatusCode.OK);

        Assert.That(await PreviousAttemptsOf(plan), Is.EqualTo("2"));
    }

    [Test]
    public async Task Upload_WhichIsTriedAgain_SendsItsOrderAgain()
    {
        // Our client keeps no request streams: what it has sent it cannot send again.
        bool again = Caller != Side.Ours;
        CallPlan plan = CallPlan.Upload(Failing(StatusCode.Unavailable, attempts: 1)) with { Options = ThreeTimes };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, again ? StatusCode.OK : StatusCode.Unavailable);
        Assert.That(outcome.Answers.Select((_, index) => outcome.AnswerAt(index).Orders), Is.EqualTo(again ? [1] : Array.Empty<int>()));
    }

    [Test]
    public async Task Call_WhichKeepsFailing_EndsAfterTheLastAttempt()
    {
        CallPlan plan = CallPlan.Ask(Failing(StatusCode.Unavailable)) with { Options = ThreeTimes };

        AssertEnded(await CallAsync(plan), StatusCode.Unavailable, "not now");

        Assert.That(await PreviousAttemptsOf(plan), Is.EqualTo("2"));
    }

    [Test]
    public async Task Call_WhichFailsForGood_IsTriedOnce()
    {
        CallPlan plan = CallPlan.Ask(Failing(StatusCode.NotFound)) with { Options = ThreeTimes };

        AssertEnded(await CallAsync(plan), StatusCode.NotFound);

        Assert.That(await PreviousAttemptsOf(plan), Is.Null);
    }

    [Test]
    public async Task Call_WhichTheServerWillNotHaveAgain_IsTriedOnce()
    {
        CallPlan plan = CallPlan.Ask(Failing(StatusCode.Unavailable, attempts: 1, pushback: "-1")) with { Options = ThreeTimes };

        AssertEnded(await CallAsync(plan), StatusCode.Unavailable);

        Assert.That(await PreviousAttemptsOf(plan), Is.Null);
    }

    [Test]
    public async Task Call_WhichTheServerWillHaveLater_IsTriedAgain()
    {
        CallPlan plan = CallPlan.Ask(Failing(StatusCode.Unavailable, attempts: 1, pushback: "10")) with { Options = ThreeTimes };

        AssertEnded(await CallAsync(plan), StatusCode.OK);

        Assert.That(await PreviousAttemptsOf(plan), Is.EqualTo("1"));
    }

    [Test]
    public async Task Download_WhichFailsAfterAnAnswer_IsNotTriedAgain()
    {
        Order order = Failing(StatusCode.Unavailable, attempts: 1);
        order.Answers = 1;

        Outcome outcome = await CallAsync(CallPlan.Download(order) with { Options = ThreeTimes });

        AssertEnded(outcome, StatusCode.Unavailable);
        Assert.That(outcome.AnswerCount, Is.EqualTo(1));
    }

    private static Order Failing(StatusCode code, int attempts = 0, string pushback = "") =>
        new() { Failure = new Failure { Code = (int)code, Text = "not now", Attempts = attempts, Pushback = pushback } };

    // Of the last attempt that the server saw.
    private async Task<string?> PreviousAttemptsOf(CallPlan plan) =>
        (await NoteOf(plan, note => note.Ended)).Metadata.SingleOrDefault(pair => pair.Key == PreviousAttempts)?.Value;
}
