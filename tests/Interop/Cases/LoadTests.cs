using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Many calls, many messages.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class LoadTests(Meeting meeting) : MeetingFixture(meeting)
{
    [Test]
    public async Task ManyCalls_AtOnce_AreAllAnswered()
    {
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            CallAsync(CallPlan.Ask(new Order { Text = $"call {number}" }))));

        Assert.That(outcomes.Select(outcome => outcome.Code), Is.All.EqualTo(StatusCode.OK));
        Assert.That(outcomes.Select(outcome => outcome.Answer.Text), Is.EqualTo(Enumerable.Range(0, 200).Select(number => $"call {number}")));
    }

    // Ours allows 100 streams a connection: the others wait for a place or come over a second connection.
    [Test]
    public async Task MoreOpenCalls_ThanOneConnectionTakes_AreAllAnswered()
    {
        var options = new ChannelPlan { Name = "crowded" };
        CallPlan[] plans = [.. Enumerable.Range(0, 200).Select(_ => CallPlan.Chat(new Order { Wait = Wait.UntilReleased }) with { Options = options })];
        Task<Outcome>[] calls = [.. plans.Select(plan => CallAsync(plan))];
        await WaitingAsync(plans, 50);

        await Task.WhenAll(plans.Select(ReleaseAsync));

        Assert.That((await Task.WhenAll(calls)).Select(outcome => outcome.Code), Is.All.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task LongDownload_GivesEveryAnswer()
    {
        Outcome outcome = await CallAsync(CallPlan.Download(new Order { Answers = 10_000 }));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(10_000));
    }

    [Test]
    public async Task LongUpload_CountsEveryOrder()
    {
        Outcome outcome = await CallAsync(CallPlan.Upload(new Order { Text = "u" }) with { Repeat = 10_000 });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.Orders, Is.EqualTo(10_000));
    }

    [Test]
    public async Task LongChat_AnswersEveryOrder()
    {
        Outcome outcome = await CallAsync(CallPlan.Chat(new Order { Text = "c" }) with { Repeat = 5_000 });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(5_000));
    }

    private async Task WaitingAsync(CallPlan[] plans, int count)
    {
        int waiting = 0;
        for (int tries = 0; waiting < count; tries++)
        {
            Assert.That(tries, Is.LessThan(500), $"{waiting} calls wait");
            await Task.Delay(20);
            Note?[] notes = await Task.WhenAll(plans.Select(RecallAsync));
            waiting = notes.Count(note => note is { Waiting: true });
        }
    }
}
