using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Ours;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Compressed requests; what crossed the wire is read on our side.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class CompressionTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const int Bytes = 200_000;

    private static readonly ChannelPlan Plain = new() { Watched = true };
    private static readonly ChannelPlan Gzip = new() { Watched = true, Compression = "gzip" };

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Requests_InGzip_AreRead(CallKind kind)
    {
        CallPlan plan = CallPlan.Of(kind, new Order { Answers = 1 }) with { Fill = Bytes, Options = Gzip };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedSum, Is.EqualTo(Filling.SumOf(Bytes)));
        Assert.That(WireOf(plan).Request["grpc-encoding"], Is.EqualTo("gzip"));
    }

    [Test]
    public async Task EmptyRequest_OfACallerThatCompresses_IsRead()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order()) with { Options = Gzip });

        AssertEnded(outcome, StatusCode.OK);
    }

    [Test]
    public async Task Caller_SaysWhatItReads()
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { Options = Plain };

        AssertEnded(await CallAsync(plan), StatusCode.OK);

        string[] encodings = WireOf(plan).Request["grpc-accept-encoding"].Split(',', StringSplitOptions.TrimEntries);
        Assert.That(encodings, Does.Contain("identity").And.Contain("gzip"));
    }

    // 30 MB that are a few kilobytes on the wire.
    [Test]
    public async Task Bomb_OverTheServersLimit_IsExhausted()
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { Fill = 30_000_000, Options = Gzip with { MaxSend = -1 } };

        AssertEnded(await CallAsync(plan), StatusCode.ResourceExhausted);
    }

    private static Wire WireOf(CallPlan plan) => AllSides.Ours.WireOf(plan.Name);
}
