using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>How failures arrive.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class StatusTests(Meeting meeting) : MeetingFixture(meeting)
{
    private static readonly StatusCode[] Failures = [.. System.Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [TestCaseSource(nameof(Failures))]
    public async Task Code_Arrives(StatusCode code)
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(Failing(code, "because")));

        AssertEnded(outcome, code, "because");
        Assert.That(outcome.AnswerCount, Is.Zero);
    }

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Trailers_OfAFailure_Arrive(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, Failing(StatusCode.NotFound, "gone")));

        AssertEnded(outcome, StatusCode.NotFound, "gone");
        Assert.That(outcome.TrailerValues("x-failure"), Is.EqualTo(["yes"]));
    }

    [TestCase("100% sure: %41 is not A")]
    [TestCase("größer als 中文 😀")]
    [TestCase("first line\nsecond\tline\r\n")]
    [TestCase(" spaces at both ends ")]
    [TestCase("")]
    public async Task Text_ArrivesAsItWas(string text)
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(Failing(StatusCode.Aborted, text)));

        AssertEnded(outcome, StatusCode.Aborted, text);
    }

    [Test]
    public async Task Details_Arrive()
    {
        var details = new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = "größer",
            Details = { Any.Pack(new Google.Rpc.ErrorInfo { Type = "EMPTY", Domain = "tests" }) },
        };
        Order order = Failing(StatusCode.InvalidArgument, details.Message);
        order.Failure.Details = details.ToByteString();

        Outcome outcome = await CallAsync(CallPlan.Ask(order));

        AssertEnded(outcome, StatusCode.InvalidArgument, details.Message);
        byte[] received = Convert.FromBase64String(outcome.TrailerValues("grpc-status-details-bin").Single());
        Assert.That(Google.Rpc.Status.Parser.ParseFrom(received), Is.EqualTo(details));
    }

    [Test]
    public async Task Crash_IsUnknown()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { Crash = true }));

        AssertEnded(outcome, StatusCode.Unknown);
    }

    [Test]
    public async Task Download_WhichFailsMidway_GivesTheAnswersBefore()
    {
        Order order = Failing(StatusCode.DataLoss, "lost");
        order.Answers = 3;

        Outcome outcome = await CallAsync(CallPlan.Download(order));

        AssertEnded(outcome, StatusCode.DataLoss, "lost");
        Assert.That(outcome.AnswerCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Chat_WhichFailsMidway_GivesTheAnswersBefore()
    {
        Outcome outcome = await CallAsync(CallPlan.Chat(new Order(), new Order(), Failing(StatusCode.OutOfRange, "enough")) with { PingPong = true });

        AssertEnded(outcome, StatusCode.OutOfRange, "enough");
        Assert.That(outcome.AnswerCount, Is.EqualTo(3));
    }

    private static Order Failing(StatusCode code, string text) => new() { Failure = new Failure { Code = (int)code, Text = text } };
}
