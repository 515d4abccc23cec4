using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>The health protocol.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class HealthTests(Meeting meeting) : MeetingFixture(meeting)
{
    private static readonly string[] Known = ["", Mirror.Descriptor.FullName];

    [TestCaseSource(nameof(Known))]
    public async Task Check_OfAKnownService_IsServing(string service)
    {
        Outcome outcome = await CallAsync(Plan("Check", CallKind.Unary, service));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Read<HealthCheckResponse>(0).Status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
    }

    [Test]
    public async Task Check_OfAnUnknownService_IsNotFound() =>
        AssertEnded(await CallAsync(Plan("Check", CallKind.Unary, "no.such.Service")), StatusCode.NotFound);

    [Test]
    public async Task Watch_OfAKnownService_StaysOpen()
    {
        Outcome outcome = await CallAsync(Plan("Watch", CallKind.ServerStream, "") with { CancelAfterAnswers = 1 });

        AssertEnded(outcome, StatusCode.Cancelled);
        Assert.That(outcome.Read<HealthCheckResponse>(0).Status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
    }

    [Test]
    public async Task Watch_OfAnUnknownService_StaysOpen()
    {
        Outcome outcome = await CallAsync(Plan("Watch", CallKind.ServerStream, "no.such.Service") with { CancelAfterAnswers = 1 });

        AssertEnded(outcome, StatusCode.Cancelled);
        Assert.That(outcome.Read<HealthCheckResponse>(0).Status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.ServiceUnknown));
    }

    private static CallPlan Plan(string method, CallKind kind, string service)
    {
        IMessage request = new HealthCheckRequest { Service = service };
        return new CallPlan(method, kind, [request]) { Service = Health.Descriptor.FullName };
    }
}
