using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Large messages, and messages that are too large. 4 MiB is the default limit of all three.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class MessageSizeTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const int Limit = 4 * 1024 * 1024;

    // Tag and length of the payload field.
    private const int Overhead = 5;

    private static readonly ServerPlan Generous = new() { MaxReceive = 64 * 1024 * 1024 };
    private static readonly ChannelPlan Unlimited = new() { MaxSend = -1, MaxReceive = -1 };

    [TestCase(1_000)]
    [TestCase(70_000)]
    [TestCase(3_900_000)]
    [TestCase(Limit - Overhead)]
    public async Task Request_WithinTheLimit_ArrivesWhole(int bytes)
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order()) with { Fill = bytes });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedBytes, Is.EqualTo(bytes));
        Assert.That(outcome.Answer.ReceivedSum, Is.EqualTo(Filling.SumOf(bytes)));
    }

    [TestCase(1_000)]
    [TestCase(70_000)]
    [TestCase(3_900_000)]
    public async Task Answer_WithinTheLimit_ArrivesWhole(int bytes)
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { AnswerBytes = bytes }));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.PayloadBytes, Is.EqualTo(bytes));
        Assert.That(outcome.PayloadSum, Is.EqualTo(Filling.SumOf(bytes)));
    }

    [Test]
    public async Task TwentyMegabytes_WhereLimitsAreLifted_CrossBothWays()
    {
        const int bytes = 20_000_000;

        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { AnswerBytes = bytes }) with { Fill = bytes, Options = Unlimited }, Generous);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedSum, Is.EqualTo(Filling.SumOf(bytes)));
        Assert.That(outcome.PayloadSum, Is.EqualTo(Filling.SumOf(bytes)));
    }

    [TestCase(Limit - Overhead + 1)]
    [TestCase(5_000_000)]
    public async Task Request_OverTheServersLimit_IsExhausted(int bytes)
    {
        var options = new ChannelPlan { MaxSend = -1, Name = "too large" };

        Outcome outcome = await CallAsync(CallPlan.Ask(new Order()) with { Fill = bytes, Options = options });

        AssertEnded(outcome, StatusCode.ResourceExhausted);
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()) with { Options = options }), StatusCode.OK);
    }

    [Test]
    public async Task OrderOfAStream_OverTheServersLimit_IsExhausted()
    {
        Outcome outcome = await CallAsync(CallPlan.Chat(new Order()) with { Fill = 5_000_000, Options = new() { MaxSend = -1 } });

        AssertEnded(outcome, StatusCode.ResourceExhausted);
    }

    [Test]
    public async Task Answer_OverTheCallersLimit_IsExhausted()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { AnswerBytes = 5_000_000 }));

        AssertEnded(outcome, StatusCode.ResourceExhausted);
        Assert.That(outcome.AnswerCount, Is.Zero);
    }

    [Test]
    public async Task AnswerOfAStream_OverTheCallersLimit_IsExhausted()
    {
        CallPlan plan = CallPlan.Download(new Order { Answers = 3, AnswerBytes = 10_000 });

        Outcome outcome = await CallAsync(plan with { Options = new() { MaxReceive = 5_000 } });

        AssertEnded(outcome, StatusCode.ResourceExhausted);
        Assert.That(outcome.AnswerCount, Is.Zero);
    }

    [Test]
    public async Task Request_OverTheCallersOwnLimit_NeverLeaves()
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { Fill = 100_000, Options = new() { MaxSend = 50_000 } };

        AssertEnded(await CallAsync(plan), StatusCode.ResourceExhausted);
    }

    [Test]
    public async Task LargeAnswers_OfAStream_ArriveWhole()
    {
        Outcome outcome = await CallAsync(CallPlan.Download(new Order { Answers = 20, AnswerBytes = 1_000_000 }));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.PayloadBytes, Is.EqualTo(20_000_000));
    }

    [Test]
    public async Task LargeOrders_OfAStream_ArriveWhole()
    {
        Outcome outcome = await CallAsync(CallPlan.Upload(new Order()) with { Fill = 1_000_000, Repeat = 20 });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedBytes, Is.EqualTo(20_000_000));
    }
}
