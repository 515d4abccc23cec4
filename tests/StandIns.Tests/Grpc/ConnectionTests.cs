using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Many streams, silent streams, and peers that are gone without a word.</summary>
public sealed class ConnectionTests
{
    [Test]
    public async Task Streams_BeyondTheServersLimit_AllRunAtOnce()
    {
        const int Streams = 500;
        await using EchoHost host = await EchoHost.StartAsync();
        var calls = new ConcurrentBag<AsyncDuplexStreamingCall<SayRequest, SayResponse>>();

        await Task.WhenAll(Enumerable.Range(0, Streams).Select(async n =>
        {
            AsyncDuplexStreamingCall<SayRequest, SayResponse> call = host.Client.Chat();
            calls.Add(call);
            await call.RequestStream.WriteAsync(new SayRequest { Text = "m" + n });
            Assert.That(await call.ResponseStream.MoveNext(), Is.True);
        })).InTime();

        // All are open now: five times what one connection carries.
        Assert.That(calls, Has.Count.EqualTo(Streams));
        await Task.WhenAll(calls.Select(async call =>
        {
            await call.RequestStream.CompleteAsync();
            Assert.That(await call.ResponseStream.MoveNext(), Is.False);
            call.Dispose();
        })).InTime();
    }

    [Test]
    public async Task Peer_ThatFallsSilent_EndsItsCallsAsUnavailable()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        await using TcpProxy proxy = TcpProxy.To(host.GrpcAddress);
        using GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{proxy.Port}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = TimeSpan.FromSeconds(1),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            },
        });
        var client = new EchoService.EchoServiceClient(channel);
        using AsyncServerStreamingCall<SayResponse> stream = client.Count(new CountRequest { To = 2, PauseMs = 1 });
        Assert.That(await stream.ResponseStream.MoveNext().InTime(), Is.True);
        Task<SayResponse> unary = client.SayAsync(new SayRequest { Behaviour = "hang" }).ResponseAsync;

        proxy.Freeze();

        RpcException streamFailure = Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext().InTime())!;
        RpcException unaryFailure = Assert.ThrowsAsync<RpcException>(() => unary.InTime())!;
        Assert.That(streamFailure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(unaryFailure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    [Test]
    public async Task Stream_IdleLongerThanKestrelsDataRateAllows_GoesOn()
    {
        var grace = TimeSpan.FromSeconds(1.5);
        await using EchoHost host = await EchoHost.StartAsync(services: services =>
            services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, grace)));
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = host.Client.Chat();
        await SayAsync(chat, "before");

        await Task.Delay(grace * 3);

        await SayAsync(chat, "after");
    }

    [Test]
    public void Connection_ThatCannotBeMadeInTime_IsUnavailable()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress("http://127.0.0.1:1", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(100),
                ConnectCallback = async (_, cancellation) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return Stream.Null;
                },
            },
        });

        RpcException failure = Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest()).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    private static async Task SayAsync(AsyncDuplexStreamingCall<SayRequest, SayResponse> chat, string text)
    {
        await chat.RequestStream.WriteAsync(new SayRequest { Text = text }).InTime();
        Assert.That(await chat.ResponseStream.MoveNext().InTime(), Is.True);
        Assert.That(chat.ResponseStream.Current.Text, Is.EqualTo("re: " + text));
    }
}
