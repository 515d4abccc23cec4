using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>A code that no version of gRPC has. The server of grpcio cannot send one.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.WhereServersSendAnyCode))]
public sealed class UnknownStatusTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const int Beyond = 17;

    [Test]
    public async Task CodeBeyondTheLast_IsUnknown()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { Failure = new Failure { Code = Beyond, Text = "new" } }));

        // grpc-js passes the number on.
        AssertEnded(outcome, Caller == Side.GrpcJs ? (StatusCode)Beyond : StatusCode.Unknown);
    }
}
