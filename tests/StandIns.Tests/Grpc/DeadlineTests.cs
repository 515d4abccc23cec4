using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class DeadlineTests : EchoFixture
{
    private static DateTime Soon => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300);

    [Test]
    public async Task Say_PastItsDeadline_FailsAndCancelsTheHandler()
    {
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => Host.Client.SayAsync(new SayRequest { Behaviour = "hang" }, deadline: Soon).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        await Host.Probe.Cancelled.Task.InTime();
    }

    [Test]
    public void Say_WhoseHandlerIgnoresTheDeadline_StillFailsInTime()
    {
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => Host.Client.SayAsync(new SayRequest { Behaviour = "ignore-deadline" }, deadline: Soon).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public void Say_WithADeadlineInThePast_FailsWithoutReachingTheServer()
    {
        DateTime past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => Host.Client.SayAsync(new SayRequest(), deadline: past).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(Host.Probe.Calls, Is.Empty);
    }

    [Test]
    public async Task Say_WithADeadline_TellsItToTheHandler()
    {
        DateTime deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);

        await Host.Client.SayAsync(new SayRequest(), deadline: deadline).ResponseAsync.InTime();

        Assert.That(Host.Probe.Deadline, Is.EqualTo(deadline).Within(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Count_WhoseDeadlinePassesMidStream_GivesTheFirstResultThenDeadlineExceeded()
    {
        using AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(
            new CountRequest { To = 2, PauseMs = 1 },
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2));

        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().InTime())!;
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public void Chat_IdleUntilItsDeadline_FailsWithDeadlineExceeded()
    {
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> call = Host.Client.Chat(deadline: Soon);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }
}
