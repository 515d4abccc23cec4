using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Ours;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Servers that compress. That of grpc-js cannot.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.WhereServersCompress))]
public sealed class CompressedAnswerTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const int Bytes = 200_000;

    private static readonly ChannelPlan Plain = new() { Watched = true };
    private static readonly ChannelPlan Gzip = new() { Watched = true, Compression = "gzip" };
    private static readonly ServerPlan GzipServer = new() { Compress = true };

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Answers_InGzip_AreRead(CallKind kind)
    {
        CallPlan plan = CallPlan.Of(kind, new Order { Answers = 1, AnswerBytes = Bytes }) with { Options = Plain };

        Outcome outcome = await CallAsync(plan, GzipServer);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.PayloadSum, Is.EqualTo(Filling.SumOf(Bytes)));
        Assert.That(WireOf(plan).Response["grpc-encoding"], Is.EqualTo("gzip"));
    }

    [Test]
    public async Task GzipBothWays_WithManyMessages_IsRead()
    {
        CallPlan plan = CallPlan.Chat(new Order { AnswerBytes = 5_000 }) with { Fill = 5_000, Repeat = 50, Options = Gzip };

        Outcome outcome = await CallAsync(plan, GzipServer);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.PayloadBytes, Is.EqualTo(50 * 5_000));
        Assert.That(outcome.AnswerAt(49).ReceivedBytes, Is.EqualTo(50 * 5_000));
    }

    [Test]
    public async Task FailureOfAServerThatCompresses_Arrives()
    {
        var order = new Order { Failure = new Failure { Code = (int)StatusCode.NotFound, Text = "gone" } };

        Outcome outcome = await CallAsync(CallPlan.Ask(order) with { Options = Gzip }, GzipServer);

        AssertEnded(outcome, StatusCode.NotFound, "gone");
    }

    [Test]
    public async Task Bomb_OverTheCallersLimit_IsExhausted()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { AnswerBytes = 30_000_000 }) with { Options = Plain }, GzipServer);

        AssertEnded(outcome, StatusCode.ResourceExhausted);
        Assert.That(outcome.AnswerCount, Is.Zero);
    }

    private static Wire WireOf(CallPlan plan) => AllSides.Ours.WireOf(plan.Name);
}
