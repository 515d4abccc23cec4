using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class ServerInterceptorTests
{
    [Test]
    public async Task Interceptors_SeeACallInTheirOrder()
    {
        await using EchoHost host = await EchoHost.StartAsync(options =>
        {
            options.Interceptors.Add<Naming>("first");
            options.Interceptors.Add<Naming>("second");
        });

        await host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(host.Probe.Events, Is.EqualTo(new[] { "first in", "second in", "second out", "first out" }));
    }

    [Test]
    public async Task Interceptors_SeeTranscodedCallsToo()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.Interceptors.Add<Naming>("only"));

        await host.Rest.GetStringAsync(new Uri("/v1/echo/x", UriKind.Relative)).InTime();

        Assert.That(host.Probe.Events, Is.EqualTo(new[] { "only in", "only out" }));
    }

    [Test]
    public async Task Interceptors_SeeStreams()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.Interceptors.Add<Naming>("s"));

        using AsyncServerStreamingCall<SayResponse> count = host.Client.Count(new CountRequest());
        await count.ResponseStream.MoveNext().InTime();
        using AsyncClientStreamingCall<SayRequest, SayResponse> sum = host.Client.Sum();
        await sum.RequestStream.CompleteAsync().InTime();
        await sum.ResponseAsync.InTime();
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = host.Client.Chat();
        await chat.RequestStream.CompleteAsync().InTime();
        await chat.ResponseStream.MoveNext().InTime();

        // "whole stream" comes whenever the server reaches the end of the first one, which nobody reads to its end.
        Assert.That(host.Probe.Events.Where(e => e != "whole stream"), Is.EqualTo(new[] { "server stream", "client stream", "duplex" }));
    }

    [Test]
    public async Task Interceptor_MayRefuseACall()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.Interceptors.Add<Refusing>());

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
        Assert.That(host.Probe.Calls, Is.Empty);
    }

    [Test]
    public async Task Interceptor_FromTheContainer_IsSharedAsRegistered()
    {
        await using EchoHost host = await EchoHost.StartAsync(
            options => options.Interceptors.Add<Counting>(),
            services => services.AddSingleton<Counting>());

        await host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();
        await host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(host.Services.GetRequiredService<Counting>().Calls, Is.EqualTo(2));
    }

    [Test]
    public async Task Interceptor_MadeForACall_IsDisposedAfterIt()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.Interceptors.Add<Disposing>());

        await host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(host.Probe.Events, Is.EqualTo(new[] { "disposed" }));
    }

    [Test]
    public async Task Interceptor_GetsTheHttpRequest()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.Interceptors.Add<PathReading>());

        await host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(host.Probe.Events, Is.EqualTo(new[] { "/promptplatform.tests.echo.v1.EchoService/Say" }));
    }

    private sealed class Naming(EchoProbe probe, string name) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            probe.Events.Enqueue(name + " in");
            TResponse response = await continuation(request, context);
            probe.Events.Enqueue(name + " out");
            return response;
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            probe.Events.Enqueue("server stream");
            return continuation(request, responseStream, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            probe.Events.Enqueue("client stream");
            return continuation(requestStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            probe.Events.Enqueue("duplex");
            return continuation(requestStream, responseStream, context);
        }
    }

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
    }

    private sealed class Counting : Interceptor
    {
        public int Calls { get; private set; }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Calls++;
            return continuation(request, context);
        }
    }

    private sealed class Disposing(EchoProbe probe) : Interceptor, IDisposable
    {
        public void Dispose() => probe.Events.Enqueue("disposed");
    }

    private sealed class PathReading(EchoProbe probe) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            probe.Events.Enqueue(context.GetHttpContext().Request.Path);
            return continuation(request, context);
        }
    }
}
