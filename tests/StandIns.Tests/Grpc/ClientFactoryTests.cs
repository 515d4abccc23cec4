using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class ClientFactoryTests : EchoFixture
{
    [Test]
    public async Task Client_FromTheContainer_Calls()
    {
        await using ServiceProvider services = Services(_ => { });

        SayResponse response = await services.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest { Text = "di" }).ResponseAsync.InTime();

        Assert.That(response.Text, Is.EqualTo("di"));
    }

    [Test]
    public async Task Client_WithoutAnAddress_SaysSo()
    {
        await using ServiceProvider services = new ServiceCollection().AddGrpcClient<EchoService.EchoServiceClient>().Services.BuildServiceProvider();

        Assert.That(() => services.GetRequiredService<EchoService.EchoServiceClient>(), Throws.InvalidOperationException.With.Message.Contains("address"));
    }

    [Test]
    public async Task Client_ByName_UsesItsOwnRegistration()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddGrpcClient<EchoService.EchoServiceClient>("here", options => options.Address = Host.GrpcAddress).Services
            .AddGrpcClient<EchoService.EchoServiceClient>("nowhere", options => options.Address = new Uri("http://127.0.0.1:1")).Services
            .BuildServiceProvider();
        GrpcClientFactory factory = services.GetRequiredService<GrpcClientFactory>();

        SayResponse response = await factory.CreateClient<EchoService.EchoServiceClient>("here").SayAsync(new SayRequest { Text = "n" }).ResponseAsync.InTime();

        Assert.That(response.Text, Is.EqualTo("n"));
        Assert.That(() => factory.CreateClient<EchoService.EchoServiceClient>("nowhere").SayAsync(new SayRequest()).ResponseAsync.InTime(), Throws.TypeOf<RpcException>());
    }

    [Test]
    public async Task Interceptors_SeeACallInTheirOrder()
    {
        var seen = new List<string>();
        await using ServiceProvider services = Services(builder => builder
            .AddInterceptor(() => new Noting(seen, "first"))
            .AddInterceptor(() => new Noting(seen, "second")));

        await services.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(seen, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task Interceptor_MayAddHeaders()
    {
        await using ServiceProvider services = Services(builder => builder.AddInterceptor(() => new Noting([], "tag")));

        await services.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(Host.Probe.Headers!.GetValue("noted-by"), Is.EqualTo("tag"));
    }

    [Test]
    public async Task CallCredentials_AreSentInPlainTextOnlyWhenAllowed()
    {
        await using ServiceProvider plain = Services(builder => builder.AddCallCredentials(AuthorizeAsync));
        Assert.That(() => plain.GetRequiredService<EchoService.EchoServiceClient>(), Throws.InvalidOperationException.With.Message.Contains("TLS"));

        await using ServiceProvider allowed = Services(builder => builder
            .AddCallCredentials(AuthorizeAsync)
            .ConfigureChannel(channel => channel.UnsafeUseInsecureChannelCallCredentials = true));
        await allowed.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest()).ResponseAsync.InTime();
        Assert.That(Host.Probe.Headers!.GetValue("authorization"), Is.EqualTo("Bearer of Say"));
    }

    [Test]
    public async Task PrimaryHandler_CanBeReplaced()
    {
        var counter = new CountingHandler();
        await using ServiceProvider services = Services(builder => builder.ConfigurePrimaryHttpMessageHandler(() => counter));

        await services.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(counter.Requests, Is.EqualTo(1));
    }

    [Test]
    public void GrpcSettings_OnAnotherHttpClient_Throw()
    {
        IHttpClientBuilder other = new ServiceCollection().AddHttpClient("other");

        Assert.That(() => other.AddInterceptor(() => new Noting([], "x")), Throws.InvalidOperationException);
    }

    [Test]
    public async Task ContextPropagation_EndsTheCallWithTheOneThatIsServed()
    {
        var relay = new TaskCompletionSource<StatusCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost front = await EchoHost.StartAsync(
            options => options.Interceptors.Add<Relay>(),
            services =>
            {
                services.AddSingleton(relay);
                services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = Host.GrpcAddress).EnableCallContextPropagation();
            });

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => front.Client
            .SayAsync(new SayRequest { Behaviour = "hang" }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1)).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(await relay.Task.InTime(), Is.EqualTo(StatusCode.DeadlineExceeded).Or.EqualTo(StatusCode.Cancelled));
        await Host.Probe.Cancelled.Task.InTime();
        Assert.That(Host.Probe.Deadline, Is.LessThan(DateTime.MaxValue));
    }

    [Test]
    public async Task ContextPropagation_OutsideOfAServedCall_Throws()
    {
        await using ServiceProvider services = Services(builder => builder.EnableCallContextPropagation());

        Assert.That(() => services.GetRequiredService<EchoService.EchoServiceClient>().SayAsync(new SayRequest()), Throws.InvalidOperationException);
    }

    private static Task AuthorizeAsync(AuthInterceptorContext context, Metadata metadata)
    {
        metadata.Add("authorization", "Bearer of " + context.MethodName);
        return Task.CompletedTask;
    }

    private ServiceProvider Services(Action<IHttpClientBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddGrpcClient<EchoService.EchoServiceClient>(options => options.Address = Host.GrpcAddress));
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed class Noting(List<string> seen, string name) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add(name);
            Metadata headers = [.. context.Options.Headers ?? Metadata.Empty, new Metadata.Entry("noted-by", name)];
            return continuation(request, new(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }

    private sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.SendAsync(request, cancellationToken);
        }
    }

    // Calls the service behind instead of the one in front.
    private sealed class Relay(EchoService.EchoServiceClient behind, TaskCompletionSource<StatusCode> outcome) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            try
            {
                return (TResponse)(object)await behind.SayAsync((SayRequest)(object)request);
            }
            catch (RpcException e)
            {
                outcome.TrySetResult(e.StatusCode);
                throw;
            }
        }
    }
}
