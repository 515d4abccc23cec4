using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>A unary call that gets more than one answer. The callers of both peers wait for ever: they read one message and no further.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.WhereWeCall))]
public sealed class SecondAnswerTests(Meeting meeting) : MeetingFixture(meeting)
{
    [TestCase(CallKind.Unary, "Download")]
    [TestCase(CallKind.ClientStream, "Chat")]
    public async Task Call_WithASecondAnswer_IsInternal(CallKind kind, string method)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, new Order { Answers = 2 }) with { Method = method, Repeat = 2 });

        AssertEnded(outcome, StatusCode.Internal);
    }
}
