using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class FailureTests : EchoFixture
{
    [Test]
    public void Say_WhenHandlerThrowsRpcException_GivesItsTextAndTrailers()
    {
        RpcException failure = Fails("not-found");

        Assert.Multiple(() =>
        {
            Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.NotFound));
            Assert.That(failure.Status.Detail, Is.EqualTo("100% lost:\n\"größer\""));
            Assert.That(failure.Trailers.GetValue("why"), Is.EqualTo("gone"));
        });
    }

    [Test]
    public void Say_WithDetails_GivesGoogleRpcStatus()
    {
        RpcException failure = Fails("details");

        Google.Rpc.Status status = failure.GetRpcStatus()!;
        Assert.That(status.Details, Has.Count.EqualTo(1));
        Assert.That(status.Details[0].Unpack<Google.Rpc.ErrorInfo>().Type, Is.EqualTo("EMPTY"));
        Assert.That(failure.Status.Detail, Is.EqualTo("text: is empty — schlägt fehl"));
    }

    [Test]
    public void Say_WhenHandlerThrows_HidesTheMessage()
    {
        RpcException failure = Fails("throw");

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unknown));
        Assert.That(failure.Status.Detail, Is.EqualTo("Exception was thrown by handler."));
    }

    [Test]
    public async Task Say_WhenHandlerThrowsAndDetailsAreOn_TellsTheMessage()
    {
        await using EchoHost detailed = await EchoHost.StartAsync(options => options.EnableDetailedErrors = true);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => detailed.Client.SayAsync(new SayRequest { Behaviour = "throw" }).ResponseAsync.InTime())!;

        Assert.That(failure.Status.Detail, Does.Contain("secret of the handler"));
    }

    [Test]
    public void Say_WhenHandlerSetsAStatus_FailsWithIt() =>
        Assert.That(Fails("set-status").Status.Detail, Is.EqualTo("set"));

    [Test]
    public void Say_WhenHandlerReturnsNull_IsCancelled() =>
        Assert.That(Fails("null").StatusCode, Is.EqualTo(StatusCode.Cancelled));

    [Test]
    public void Missing_WhichIsNotOverridden_IsUnimplemented()
    {
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => Host.Client.MissingAsync(new SayRequest()).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public void MissingChat_WhichIsNotOverridden_IsUnimplemented()
    {
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = Host.Client.MissingChat();

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => chat.ResponseStream.MoveNext().InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [TestCase("promptplatform.tests.echo.v1.EchoService", "Nothing", "Method is unimplemented.")]
    [TestCase("no.Service", "Say", "Service is unimplemented.")]
    public void Call_OfWhatIsNotThere_IsUnimplemented(string service, string method, string detail)
    {
        Marshaller<string> text = Marshallers.StringMarshaller;
        var unknown = new Method<string, string>(MethodType.Unary, service, method, text, text);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => Host.Channel.CreateCallInvoker().AsyncUnaryCall(unknown, null, default, "x").ResponseAsync.InTime())!;

        Assert.That(failure.Status.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(failure.Status.Detail, Is.EqualTo(detail));
    }

    [Test]
    public void Call_WithBytesThatAreNoMessage_IsInternal()
    {
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var say = new Method<byte[], byte[]>(MethodType.Unary, "promptplatform.tests.echo.v1.EchoService", "Say", raw, raw);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => Host.Channel.CreateCallInvoker().AsyncUnaryCall(say, null, default, [0xff, 0xff]).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Internal));
    }

    [Test]
    public void Call_ToAClosedPort_IsUnavailable()
    {
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://127.0.0.1:1");
        var client = new EchoService.EchoServiceClient(channel);

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => client.SayAsync(new SayRequest()).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    private RpcException Fails(string behaviour) =>
        Assert.ThrowsAsync<RpcException>(() => Host.Client.SayAsync(new SayRequest { Behaviour = behaviour }).ResponseAsync.InTime())!;
}
