using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>deflate, which our server reads and our client never sends.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.WhereTheyCall))]
public sealed class DeflateTests(Meeting meeting) : MeetingFixture(meeting)
{
    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.Duplex)]
    public async Task Requests_InDeflate_AreRead(CallKind kind)
    {
        const int bytes = 100_000;
        CallPlan plan = CallPlan.Of(kind, new Order()) with { Fill = bytes, Options = new() { Compression = "deflate" } };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedSum, Is.EqualTo(Filling.SumOf(bytes)));
        Assert.That(AllSides.Ours.WireOf(plan.Name).Request["grpc-encoding"], Is.EqualTo("deflate"));
    }
}
