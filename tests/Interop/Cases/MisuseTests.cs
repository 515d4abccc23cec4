using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Callers and servers that disagree about the contract.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class MisuseTests(Meeting meeting) : MeetingFixture(meeting)
{
    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task UnknownMethod_IsUnimplemented(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, new Order()) with { Method = "Nothing" });

        AssertEnded(outcome, StatusCode.Unimplemented);
        Assert.That(outcome.Details, Is.Not.Empty);
    }

    [Test]
    public async Task UnknownService_IsUnimplemented()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order()) with { Service = "no.such.Service" });

        AssertEnded(outcome, StatusCode.Unimplemented);
    }

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task BytesThatAreNoMessage_AreInternal(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, new Order()) with { Raw = [0xff, 0xff, 0xff] });

        AssertEnded(outcome, StatusCode.Internal);
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task UnaryCall_WithAnotherNumberOfRequestsThanOne_Fails(int requests)
    {
        CallPlan plan = CallPlan.Upload(new Order()) with { Method = "Ask", Repeat = requests };

        Outcome outcome = await CallAsync(plan);

        // The server of grpcio does not look for a second request.
        AssertEnded(outcome, (Server, requests) switch
        {
            (Side.Ours, _) => StatusCode.Internal,
            (Side.Grpcio, 2) => StatusCode.OK,
            _ => StatusCode.Unimplemented,
        });
    }

    [Test]
    public async Task UnaryCall_WithoutAnAnswer_Fails()
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { Method = "Download" };

        Outcome outcome = await CallAsync(plan);

        // grpcio gives its caller None and OK, grpc-js calls it unimplemented.
        AssertEnded(outcome, Caller switch { Side.Ours => StatusCode.Internal, Side.Grpcio => StatusCode.OK, _ => StatusCode.Unimplemented });
        Assert.That(outcome.AnswerCount, Is.Zero);
    }
}
