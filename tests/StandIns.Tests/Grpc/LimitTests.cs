using System.IO.Compression;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class LimitTests
{
    [Test]
    public async Task Server_RefusesRequestsOverItsLimit()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = 1000);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => host.Client.SayAsync(new SayRequest { Text = new string('x', 1001) }).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(host.Probe.Calls, Is.Empty);
    }

    [Test]
    public async Task Server_RefusesResponsesOverItsLimit()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.MaxSendMessageSize = 1000);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => host.Client.SayAsync(new SayRequest { Behaviour = "big", Times = 1001 }).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Client_RefusesResponsesOverItsLimit()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(host.GrpcAddress, new GrpcChannelOptions { MaxReceiveMessageSize = 1000 });

        RpcException failure = Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Behaviour = "big", Times = 1001 }).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Client_RefusesRequestsOverItsLimit()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(host.GrpcAddress, new GrpcChannelOptions { MaxSendMessageSize = 1000 });

        RpcException failure = Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Text = new string('x', 1001) }).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(host.Probe.Calls, Is.Empty);
    }

    [Test]
    public async Task Server_CompressesForClientsThatAcceptIt()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var spy = new EncodingSpy();
        using GrpcChannel channel = GrpcChannel.ForAddress(host.GrpcAddress, new GrpcChannelOptions { HttpHandler = spy });

        SayResponse response = await new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Behaviour = "big", Times = 100_000 }).ResponseAsync.InTime();

        Assert.That(response.Text, Has.Length.EqualTo(100_000));
        Assert.That(spy.ResponseEncoding, Is.EqualTo("gzip"));
    }

    [Test]
    public async Task Client_CompressesWhenAsked()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        using var spy = new EncodingSpy();
        using GrpcChannel channel = GrpcChannel.ForAddress(host.GrpcAddress, new GrpcChannelOptions { HttpHandler = spy });

        SayResponse response = await new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Text = new string('z', 100_000) }, headers).ResponseAsync.InTime();

        Assert.That(response.Text, Has.Length.EqualTo(100_000));
        Assert.That(spy.RequestEncoding, Is.EqualTo("gzip"));
        Assert.That(spy.RequestBytes, Is.LessThan(5_000));
    }

    [Test]
    public async Task Server_BoundsTheDecompressedSize()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        byte[] bomb = Gzip(new byte[30_000_000]);
        Assume.That(bomb, Has.Length.LessThan(4_000_000));

        using HttpResponseMessage response = await PostFrameAsync(host, bomb, "gzip").InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("8"));
    }

    [TestCase("gzip", "13")]
    [TestCase("identity", "13")]
    [TestCase("snappy", "12")]
    public async Task Server_RefusesCompressedBytesThatItCannotRead(string encoding, string status)
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using HttpResponseMessage response = await PostFrameAsync(host, [1, 2, 3, 4], encoding).InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo(status));
    }

    private static async Task<HttpResponseMessage> PostFrameAsync(EchoHost host, byte[] payload, string encoding)
    {
        using var client = new HttpClient();
        byte[] frame = [1, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.GrpcAddress, "/promptplatform.tests.echo.v1.EchoService/Say"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new("application/grpc") } },
            Headers = { { "grpc-encoding", encoding }, { "te", "trailers" } },
        };
        return await client.SendAsync(request);
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return output.ToArray();
    }

    private sealed class EncodingSpy() : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? RequestEncoding { get; private set; }

        public string? ResponseEncoding { get; private set; }

        public long? RequestBytes { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            RequestEncoding = request.Headers.TryGetValues("grpc-encoding", out IEnumerable<string>? sent) ? sent.Single() : null;
            RequestBytes = request.Content!.Headers.ContentLength;
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            ResponseEncoding = response.Headers.TryGetValues("grpc-encoding", out IEnumerable<string>? received) ? received.Single() : null;
            return response;
        }
    }
}
