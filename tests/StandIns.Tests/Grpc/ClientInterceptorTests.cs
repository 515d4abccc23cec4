using Grpc.Core;
using Grpc.Core.Interceptors;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class ClientInterceptorTests : EchoFixture
{
    [Test]
    public async Task Intercept_ByFunction_ChangesTheHeadersOfAllKinds()
    {
        CallInvoker invoker = Host.Channel.CreateCallInvoker().Intercept(headers =>
        {
            headers.Add("stamp", "x");
            return headers;
        });
        var client = new EchoService.EchoServiceClient(invoker);

        await client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(Host.Probe.Headers!.GetValue("stamp"), Is.EqualTo("x"));
    }

    [Test]
    public void Interceptor_ThatRetries_SeesTheFirstFailure()
    {
        var retrying = new RetryOnce();
        var client = new EchoService.EchoServiceClient(Host.Channel.Intercept(retrying));

        Assert.That(() => client.SayAsync(new SayRequest { Behaviour = "not-found" }).ResponseAsync.InTime(), Throws.TypeOf<RpcException>());

        Assert.That(retrying.Failures, Is.EqualTo(1));
        Assert.That(Host.Probe.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task WithHost_SendsTheAuthority()
    {
        string? seen = null;
        var client = new EchoService.EchoServiceClient(Host.Channel.Intercept(new HostSpy(host => seen = host))).WithHost("other.example");

        await client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(seen, Is.EqualTo("other.example"));
    }

    private sealed class RetryOnce : Interceptor
    {
        public int Failures { get; private set; }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            AsyncUnaryCall<TResponse> call = continuation(request, context);
            return new(TryAgainAsync(), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);

            async Task<TResponse> TryAgainAsync()
            {
                try
                {
                    return await call;
                }
                catch (RpcException)
                {
                    Failures++;
                    return await continuation(request, context);
                }
            }
        }
    }

    private sealed class HostSpy(Action<string?> see) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            see(context.Host);
            return continuation(request, context);
        }
    }
}
