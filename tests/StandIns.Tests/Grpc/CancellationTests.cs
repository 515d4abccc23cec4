using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class CancellationTests : EchoFixture
{
    [Test]
    public async Task Say_CancelledByTheCaller_FailsAndCancelsTheHandler()
    {
        using var cancellation = new CancellationTokenSource();
        Task<SayResponse> call = Host.Client.SayAsync(new SayRequest { Behaviour = "hang" }, cancellationToken: cancellation.Token).ResponseAsync;
        await ReachedAsync().InTime();

        await cancellation.CancelAsync();

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => call.InTime())!;
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await Host.Probe.Cancelled.Task.InTime();
    }

    [Test]
    public async Task Say_DisposedWhileItRuns_CancelsTheHandler()
    {
        AsyncUnaryCall<SayResponse> call = Host.Client.SayAsync(new SayRequest { Behaviour = "hang" });
        await ReachedAsync().InTime();

        call.Dispose();

        Assert.That(() => call.ResponseAsync.InTime(), Throws.TypeOf<RpcException>());
        await Host.Probe.Cancelled.Task.InTime();
    }

    [Test]
    public async Task Count_DisposedMidStream_CancelsTheHandler()
    {
        AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(new CountRequest { To = 2, PauseMs = 1 });
        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);

        call.Dispose();

        await Host.Probe.Cancelled.Task.InTime();
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.Cancelled));
    }

    [Test]
    public async Task MoveNext_WithACancelledToken_CancelsTheCall()
    {
        using AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(new CountRequest { To = 2, PauseMs = 1 });
        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
        using var cancellation = new CancellationTokenSource();
        Task<bool> next = call.ResponseStream.MoveNext(cancellation.Token);

        await cancellation.CancelAsync();

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => next.InTime())!;
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await Host.Probe.Cancelled.Task.InTime();
    }

    [Test]
    public async Task Sum_DisposedMidStream_DoesNotLookWholeToTheServer()
    {
        AsyncClientStreamingCall<SayRequest, SayResponse> call = Host.Client.Sum();
        await call.RequestStream.WriteAsync(new SayRequest { Times = 1 }).InTime();
        await ReachedAsync().InTime();

        call.Dispose();

        await Host.Probe.Ended.Task.InTime();
        Assert.That(Host.Probe.Events, Is.Empty);
        Assert.That(() => call.ResponseAsync.InTime(), Throws.TypeOf<RpcException>());
    }

    [Test]
    public async Task Channel_DisposedWhileACallRuns_EndsTheCall()
    {
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(Host.GrpcAddress);
        Task<SayResponse> call = new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Behaviour = "hang" }).ResponseAsync;
        await ReachedAsync().InTime();

        channel.Dispose();

        Assert.That(() => call.InTime(), Throws.TypeOf<RpcException>());
        Assert.That(() => new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest()), Throws.TypeOf<ObjectDisposedException>());
    }

    private async Task ReachedAsync()
    {
        while (Host.Probe.Calls.IsEmpty)
        {
            await Task.Delay(5);
        }
    }
}
