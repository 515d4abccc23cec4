using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>How a server lets go of its clients: of those that are gone without a word, and of all when it stops.</summary>
public sealed class ServerConnectionTests
{
    [TestCase("stream")]
    [TestCase("unary")]
    [TestCase("duplex")]
    public async Task Client_ThatFallsSilent_IsGivenUpAndItsHandlerCancelled(string kind)
    {
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(1);
        }));
        await using TcpProxy proxy = TcpProxy.To(host.GrpcAddress);
        using GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{proxy.Port}");
        var client = new EchoService.EchoServiceClient(channel);
        using IDisposable call = await OpenAsync(client, host.Probe, kind);

        proxy.Freeze();

        await (kind == "duplex" ? host.Probe.ChatEnded : host.Probe.Cancelled).Task.InTime();
    }

    [Test]
    public async Task Stop_LetsAStreamFinish_AndTakesNoNewConnection()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = host.Client.Chat();
        await SayAsync(chat, "before");

        Task stopping = host.Services.GetRequiredService<IHost>().StopAsync();
        using GrpcChannel late = GrpcChannel.ForAddress(host.GrpcAddress);
        await UntilRefusedAsync(new EchoService.EchoServiceClient(late));

        await SayAsync(chat, "meanwhile");
        Assert.That(stopping.IsCompleted, Is.False);
        await chat.RequestStream.CompleteAsync().InTime();
        Assert.That(await chat.ResponseStream.MoveNext().InTime(), Is.False);
        Assert.That(chat.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
        await stopping.InTime();
    }

    [Test]
    public async Task Stop_SendsClientsWithOpenConnectionsElsewhere()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = host.Client.Chat();
        await SayAsync(chat, "before");

        Task stopping = host.Services.GetRequiredService<IHost>().StopAsync();

        // GOAWAY: the channel does not use the connection of the chat for new calls, though the chat goes on.
        await UntilRefusedAsync(host.Client);
        await SayAsync(chat, "after");
        await chat.RequestStream.CompleteAsync().InTime();
        await stopping.InTime();
    }

    private static async Task<IDisposable> OpenAsync(EchoService.EchoServiceClient client, EchoProbe probe, string kind)
    {
        switch (kind)
        {
            case "stream":
                AsyncServerStreamingCall<SayResponse> stream = client.Count(new CountRequest { To = 2, PauseMs = 1 });
                Assert.That(await stream.ResponseStream.MoveNext().InTime(), Is.True);
                return stream;
            case "unary":
                AsyncUnaryCall<SayResponse> unary = client.SayAsync(new SayRequest { Behaviour = "hang" });
                while (probe.Calls.IsEmpty)
                {
                    await Task.Delay(5);
                }

                return unary;
            default:
                AsyncDuplexStreamingCall<SayRequest, SayResponse> chat = client.Chat();
                await SayAsync(chat, "before");
                return chat;
        }
    }

    private static async Task SayAsync(AsyncDuplexStreamingCall<SayRequest, SayResponse> chat, string text)
    {
        await chat.RequestStream.WriteAsync(new SayRequest { Text = text }).InTime();
        Assert.That(await chat.ResponseStream.MoveNext().InTime(), Is.True);
        Assert.That(chat.ResponseStream.Current.Text, Is.EqualTo("re: " + text));
    }

    private static async Task UntilRefusedAsync(EchoService.EchoServiceClient client)
    {
        for (int tries = 0; tries < 200; tries++)
        {
            try
            {
                await client.SayAsync(new SayRequest()).ResponseAsync.InTime();
                await Task.Delay(50);
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
            {
                return;
            }
        }

        Assert.Fail("the server still takes calls");
    }
}
