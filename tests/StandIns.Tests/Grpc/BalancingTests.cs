using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Two replicas behind one name.</summary>
public sealed class BalancingTests : EchoFixture
{
    private EchoHost other = null!;

    [SetUp]
    public async Task StartOther() => other = await EchoHost.StartAsync();

    [TearDown]
    public async Task StopOther() => await other.DisposeAsync();

    [Test]
    public async Task RoundRobin_SpreadsCallsEvenly()
    {
        using GrpcChannel channel = Both().Open();

        await SayAsync(channel, 10);

        Assert.That((Host.Probe.Calls.Count, other.Probe.Calls.Count), Is.EqualTo((5, 5)));
    }

    [Test]
    public async Task PickFirst_SendsAllToTheFirst()
    {
        using GrpcChannel channel = Both().Open(way: new PickFirstConfig());

        await SayAsync(channel, 10);

        Assert.That(Host.Probe.Calls, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task Replica_ThatDies_IsLeftOutAndComesBack()
    {
        TcpProxy first = TcpProxy.To(Host.GrpcAddress);
        int port = first.Port;
        Replicas replicas = Replicas.At(port, other.GrpcAddress.Port);
        using GrpcChannel channel = replicas.Open(options => options.InitialReconnectBackoff = TimeSpan.FromMilliseconds(200));
        await SayAsync(channel, 2);
        int before = Host.Probe.Calls.Count;

        await first.DisposeAsync();
        await SayAsync(channel, 20);

        Assert.That(Host.Probe.Calls, Has.Count.EqualTo(before));
        Assert.That(replicas.Refreshes, Is.Positive);
        await using TcpProxy again = TcpProxy.To(Host.GrpcAddress, port);
        await UntilCalledAsync(channel, Host, before).InTime();
    }

    [Test]
    public async Task Name_WhoseAddressesChange_IsFollowed()
    {
        Replicas replicas = Replicas.At(Host.GrpcAddress.Port);
        using GrpcChannel channel = replicas.Open();
        await SayAsync(channel, 2);

        replicas.MoveTo(other.GrpcAddress.Port);
        await SayAsync(channel, 3);

        Assert.That((Host.Probe.Calls.Count, other.Probe.Calls.Count), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Name_ThatIsLostLater_KeepsItsLastAddresses()
    {
        Replicas replicas = Both();
        using GrpcChannel channel = replicas.Open();
        await SayAsync(channel, 2);

        replicas.Answer(ResolverResult.ForFailure(new Status(StatusCode.Unavailable, "no such name")));
        await SayAsync(channel, 2);
        replicas.MoveTo();
        await SayAsync(channel, 2);

        Assert.That((Host.Probe.Calls.Count, other.Probe.Calls.Count), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task Name_ThatIsNotFound_FailsCallsUntilItIs()
    {
        var replicas = new Replicas();
        using GrpcChannel channel = replicas.Open();

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => SayAsync(channel, 1))!;
        Task<SayResponse> patient = new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest(), new CallOptions().WithWaitForReady()).ResponseAsync;
        replicas.MoveTo(Host.GrpcAddress.Port);
        await patient.InTime();

        Assert.That(failure.Status.Detail, Is.EqualTo("not resolved yet"));
        await SayAsync(channel, 1);
    }

    [Test]
    public async Task Dns_GivesAllAddressesAndKeepsTheNameInRequests()
    {
        using var spy = new AuthoritySpy();
        using GrpcChannel channel = GrpcChannel.ForAddress($"dns:///localhost:{Host.GrpcAddress.Port}", new GrpcChannelOptions
        {
            HttpHandler = spy,
            Credentials = ChannelCredentials.Insecure,
            ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } },
        });

        await SayAsync(channel, 2);

        Assert.That(channel.Target, Is.EqualTo($"localhost:{Host.GrpcAddress.Port}"));
        Assert.That(spy.Target, Does.StartWith("http://127.0.0.1:").Or.StartsWith("http://[::1]:"));
        Assert.That(spy.Authority, Is.EqualTo($"localhost:{Host.GrpcAddress.Port}"));
    }

    [Test]
    public async Task Dns_OverTls_AsksForTheCertificateOfTheName()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        using GrpcChannel channel = GrpcChannel.ForAddress(
            $"dns:///localhost:{((IPEndPoint)listener.LocalEndpoint).Port}",
            new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl });

        Task<SayResponse> call = new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest()).ResponseAsync;
        string? asked = await NameInHelloAsync(listener).InTime();

        Assert.That(asked, Is.EqualTo("localhost"));
        Assert.That(() => call.InTime(), Throws.TypeOf<RpcException>());
    }

    [Test]
    public async Task Static_TakesWhatTheCallbackGives()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress("static:///echo", new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            ServiceProvider = new ServiceCollection()
                .AddSingleton<ResolverFactory>(new StaticResolverFactory(_ => [new BalancerAddress("127.0.0.1", Host.GrpcAddress.Port)]))
                .BuildServiceProvider(),
        });

        await SayAsync(channel, 1);

        Assert.That(Host.Probe.Calls, Has.Count.EqualTo(1));
    }

    [TestCase("dns:///echo:5000", TestName = "Channel_ByNameWithoutCredentials_IsRefused")]
    [TestCase("nowhere:///echo", TestName = "Channel_OfAnUnknownScheme_IsRefused")]
    public void Channel_IsRefused(string address)
    {
        var options = new GrpcChannelOptions { Credentials = address.StartsWith("dns", StringComparison.Ordinal) ? null : ChannelCredentials.Insecure };

        Assert.That(() => GrpcChannel.ForAddress(address, options), Throws.InvalidOperationException);
    }

    private static async Task SayAsync(GrpcChannel channel, int times)
    {
        var client = new EchoService.EchoServiceClient(channel);
        for (int n = 0; n < times; n++)
        {
            await client.SayAsync(new SayRequest()).ResponseAsync.InTime();
        }
    }

    private static async Task UntilCalledAsync(GrpcChannel channel, EchoHost host, int before)
    {
        while (host.Probe.Calls.Count == before)
        {
            await SayAsync(channel, 2);
            await Task.Delay(20);
        }
    }

    // Ends the handshake as soon as the client has named whom it wants.
    private static async Task<string?> NameInHelloAsync(TcpListener listener)
    {
        using TcpClient peer = await listener.AcceptTcpClientAsync();
        using var tls = new SslStream(peer.GetStream());
        string? name = null;
        ServerOptionsSelectionCallback hear = (_, hello, _, _) =>
        {
            name = hello.ServerName;
            throw new AuthenticationException("heard enough");
        };
        try
        {
            await tls.AuthenticateAsServerAsync(hear, null);
        }
        catch (AuthenticationException)
        {
            // As said.
        }

        return name;
    }

    private Replicas Both() => Replicas.At(Host.GrpcAddress.Port, other.GrpcAddress.Port);

    private sealed class AuthoritySpy() : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? Target { get; private set; }

        public string? Authority { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Target = request.RequestUri!.ToString();
            Authority = request.Headers.Host;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
