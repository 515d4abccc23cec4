using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using PromptPlatform.ServiceDefaults.Tests.Tls;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests;

/// <summary>Client streams and duplex calls are as closed as all others.</summary>
internal sealed class StreamAccessTests
{
    [Test]
    public async Task Streams_WithoutADeclaredScope_AreRefused()
    {
        await using var service = await TlsServer.StartAsync([], map: app => app.MapGrpcService<Chatter>());
        using var channel = GrpcChannel.ForAddress(service.Ports.Grpc);
        var invoker = channel.CreateCallInvoker();
        using var collect = invoker.AsyncClientStreamingCall(Chatter.CollectMethod, null, default);
        using var chat = invoker.AsyncDuplexStreamingCall(Chatter.ChatMethod, null, default);

        var collected = Assert.ThrowsAsync<RpcException>(() => collect.ResponseAsync.WithinAsync())!;
        var chatted = Assert.ThrowsAsync<RpcException>(() => chat.ResponseStream.MoveNext().WithinAsync())!;

        Assert.That(new[] { collected.StatusCode, chatted.StatusCode }, Is.All.EqualTo(StatusCode.PermissionDenied));
    }

    [TestCase("false", StatusCode.Unimplemented)]
    [TestCase("true", StatusCode.OK)]
    public async Task Reflection_AnswersOnlyWhereASettingAsksForIt(string setting, StatusCode status)
    {
        await using var service = await TlsServer.StartAsync(["--Grpc:Reflection=" + setting]);
        using var channel = GrpcChannel.ForAddress(service.Ports.Grpc);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();

        var answered = Status.DefaultSuccess;
        try
        {
            // What is refused is refused before the first question.
            if (status == StatusCode.OK)
                await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }).WithinAsync();
            Assert.That(await call.ResponseStream.MoveNext().WithinAsync(), Is.True);
            Assert.That(call.ResponseStream.Current.ListServicesResponse.Service.Select(found => found.Name), Does.Contain("grpc.health.v1.Health"));
        }
        catch (RpcException error)
        {
            answered = error.Status;
        }

        Assert.That(answered.StatusCode, Is.EqualTo(status), answered.ToString());
    }

    [BindServiceMethod(typeof(Chatter), nameof(Bind))]
    public sealed class Chatter
    {
        public static readonly Method<string, string> CollectMethod = new(MethodType.ClientStreaming, "tests.Chatter", "Collect", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        public static readonly Method<string, string> ChatMethod = new(MethodType.DuplexStreaming, "tests.Chatter", "Chat", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        public static void Bind(ServiceBinderBase binder, Chatter? chatter)
        {
            binder.AddMethod(CollectMethod, (ClientStreamingServerMethod<string, string>?)null);
            binder.AddMethod(ChatMethod, (DuplexStreamingServerMethod<string, string>?)null);
        }

        public Task<string> Collect(IAsyncStreamReader<string> requests, ServerCallContext call) => Task.FromResult("open");

        public Task Chat(IAsyncStreamReader<string> requests, IServerStreamWriter<string> answers, ServerCallContext call) => answers.WriteAsync("open");
    }
}
