using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Servers that end a call before they have read what the client sends.</summary>
public sealed class EarlyEndTests : EchoFixture
{
    [Test]
    public async Task Calls_ThatTheServerEndsUnread_HoldUpNeitherThemselvesNorTheNextOnTheConnection()
    {
        await Host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        // Kestrel remembers 200 streams that it closed before their client did, and refuses more for five seconds.
        for (int round = 0; round < 110; round++)
        {
            using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = Host.Client.MissingChat();
            RpcException unread = Assert.ThrowsAsync<RpcException>(() => chat.ResponseStream.MoveNext().InTime())!;
            using AsyncClientStreamingCall<SayRequest, SayResponse> sum = Host.Client.MissingSum();
            RpcException unsummed = Assert.ThrowsAsync<RpcException>(() => sum.ResponseAsync.InTime())!;
            await Host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

            Assert.That(unread.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
            Assert.That(unsummed.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
        }
    }

    [Test]
    public void Write_AfterTheServerFailedTheCall_TellsTheServersStatus()
    {
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = Host.Client.MissingChat();
        Assert.ThrowsAsync<RpcException>(() => chat.ResponseStream.MoveNext().InTime());

        RpcException write = Assert.ThrowsAsync<RpcException>(() => chat.RequestStream.WriteAsync(new SayRequest()).InTime())!;

        Assert.That(write.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public void Response_ThatIsNoMessage_IsInternal()
    {
        using var garbage = new CannedAnswer([0, 0, 0, 0, 2, 0xff, 0xff]);
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.GrpcAddress, new GrpcChannelOptions { HttpHandler = garbage });

        RpcException failure = Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest()).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Internal));
    }

    private sealed class CannedAnswer(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/grpc") } },
            });
    }
}
