using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Calls that failed below gRPC: repeated without a policy if no server can have processed them.</summary>
public sealed class UnprocessedCallTests : EchoFixture
{
    private const int InternalError = 2;
    private const int RefusedStream = 7;

    [Test]
    public async Task Call_ToAnAddressThatRefusesConnections_GoesToTheNext()
    {
        using GrpcChannel channel = Replicas.At(1, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());

        Assert.That(await SayAsync(channel), Is.EqualTo("x"));
    }

    [Test]
    public async Task Call_ThatTheServerRefuses_GoesToTheNext()
    {
        await using var refusing = new ResettingServer(RefusedStream);
        using GrpcChannel channel = Replicas.At(refusing.Port, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());

        Assert.That(await SayAsync(channel), Is.EqualTo("x"));
        Assert.That(refusing.Requests, Is.Positive);
    }

    [Test]
    public async Task Stream_ThatTheServerRefusesBeforeAWrite_GoesToTheNext()
    {
        await using var refusing = new ResettingServer(RefusedStream);
        using GrpcChannel channel = Replicas.At(refusing.Port, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = new EchoService.EchoServiceClient(channel).Chat();
        await ReachedAsync(refusing).InTime();
        await Task.Delay(200);

        await chat.RequestStream.WriteAsync(new SayRequest { Text = "hello" }).InTime();

        Assert.That(await chat.ResponseStream.MoveNext().InTime(), Is.True);
        Assert.That(chat.ResponseStream.Current.Text, Is.EqualTo("re: hello"));
    }

    [Test]
    public async Task Call_ThatTheServerResetsForAnotherReason_IsSentOnce()
    {
        await using var broken = new ResettingServer(InternalError);
        using GrpcChannel channel = Replicas.At(broken.Port, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => SayAsync(channel))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Internal));
        Assert.That(broken.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Call_WhoseConnectionBreaks_IsSentOnce()
    {
        await using var broken = new ResettingServer(errorCode: null);
        using GrpcChannel channel = Replicas.At(broken.Port, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => SayAsync(channel))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(Host.Probe.Calls, Is.Empty);
    }

    [Test]
    public async Task Call_WhoseConnectionBreaks_IsRepeatedWhereThePolicySaysSo()
    {
        await using var broken = new ResettingServer(errorCode: null);
        using GrpcChannel channel = Replicas.At(broken.Port, Host.GrpcAddress.Port).Open(options => options.ServiceConfig!.MethodConfigs.Add(new MethodConfig
        {
            Names = { MethodName.Default },
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 2,
                InitialBackoff = TimeSpan.FromMilliseconds(1),
                MaxBackoff = TimeSpan.FromMilliseconds(1),
                BackoffMultiplier = 1,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        }));

        Assert.That(await SayAsync(channel), Is.EqualTo("x"));
        Assert.That(await SayAsync(channel), Is.EqualTo("x"));
        Assert.That(broken.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Call_ThatTheServerHasNotSeenBeforeItStops_GoesToTheNext()
    {
        await using var stopping = new ResettingServer(errorCode: null, lastStreamId: 0);
        using GrpcChannel channel = Replicas.At(stopping.Port, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());

        Assert.That(await SayAsync(channel), Is.EqualTo("x"));
        Assert.That(stopping.Requests, Is.Positive);
    }

    [Test]
    public async Task Call_ThatTheServerHasSeenBeforeItStops_IsSentOnce()
    {
        await using var stopping = new ResettingServer(errorCode: null, lastStreamId: int.MaxValue);
        using GrpcChannel channel = Replicas.At(stopping.Port, Host.GrpcAddress.Port).Open(way: new PickFirstConfig());

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => SayAsync(channel))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(Host.Probe.Calls, Is.Empty);
    }

    [TestCase(false, 2)]
    [TestCase(true, 1)]
    public void Call_WhoseConnectionBreaks_IsRepeatedIfItsRequestHasNotLeft(bool leaves, int attempts)
    {
        using var broken = new BreakingHandler(leaves);
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.GrpcAddress, new GrpcChannelOptions { HttpHandler = broken });

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => SayAsync(channel))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(broken.Attempts, Is.EqualTo(attempts));
    }

    [Test]
    public async Task Call_ThatWaitsForReady_OutlastsTheServersAbsence()
    {
        TcpProxy gone = TcpProxy.To(Host.GrpcAddress);
        int port = gone.Port;
        await gone.DisposeAsync();
        using GrpcChannel channel = Replicas.At(port).Open(options => options.InitialReconnectBackoff = TimeSpan.FromMilliseconds(50));
        var client = new EchoService.EchoServiceClient(channel);

        Assert.That(() => SayAsync(channel), Throws.TypeOf<RpcException>());
        Task<SayResponse> patient = client.SayAsync(new SayRequest { Text = "at last" }, new CallOptions().WithWaitForReady()).ResponseAsync;
        await Task.Delay(300);
        await using TcpProxy back = TcpProxy.To(Host.GrpcAddress, port);

        Assert.That((await patient.InTime()).Text, Is.EqualTo("at last"));
    }

    private static async Task<string> SayAsync(GrpcChannel channel) =>
        (await new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Text = "x" }).ResponseAsync.InTime()).Text;

    private sealed class BreakingHandler(bool afterTheRequest) : HttpMessageHandler
    {
        public int Attempts { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Attempts++;
            if (afterTheRequest)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            }

            throw new HttpRequestException("broken", new IOException("connection reset"));
        }
    }

    private static async Task ReachedAsync(ResettingServer server)
    {
        while (server.Requests == 0)
        {
            await Task.Delay(5);
        }
    }
}
