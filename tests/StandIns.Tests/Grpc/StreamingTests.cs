using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class StreamingTests : EchoFixture
{
    [Test]
    public async Task Count_To1000_ArrivesInOrder()
    {
        using AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(new CountRequest { To = 1000 });

        List<string> texts = await ReadAsync(call.ResponseStream).InTime();

        Assert.That(texts, Is.EqualTo(Enumerable.Range(1, 1000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task Count_ThatFailsMidway_GivesWhatCameBeforeAndThenTheStatus()
    {
        using AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(new CountRequest { To = 5, FailAt = 3 });

        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().InTime())!;
        Assert.That(failure.Status.Detail, Is.EqualTo("lost at 3"));
    }

    [Test]
    public void Count_ThatFailsAtOnce_FailsTheFirstRead()
    {
        using AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(new CountRequest { To = 5, FailAt = 1 });

        RpcException failure = Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DataLoss));
    }

    [Test]
    public async Task Count_WithoutAnyResult_EndsWithOk()
    {
        using AsyncServerStreamingCall<SayResponse> call = Host.Client.Count(new CountRequest());

        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.False);
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task Sum_AddsWhatWasSent()
    {
        using AsyncClientStreamingCall<SayRequest, SayResponse> call = Host.Client.Sum();
        foreach (int times in new[] { 1, 2, 3 })
        {
            await call.RequestStream.WriteAsync(new SayRequest { Times = times }).InTime();
        }

        await call.RequestStream.CompleteAsync().InTime();

        Assert.That((await call.ResponseAsync.InTime()).Big, Is.EqualTo(6));
    }

    [Test]
    public async Task Sum_WithNothing_Answers()
    {
        using AsyncClientStreamingCall<SayRequest, SayResponse> call = Host.Client.Sum();

        await call.RequestStream.CompleteAsync().InTime();

        Assert.That((await call.ResponseAsync.InTime()).Big, Is.Zero);
    }

    [Test]
    public async Task Sum_WhenServerFailsWhileTheClientWrites_FreesTheWriterWithTheServersStatus()
    {
        using AsyncClientStreamingCall<SayRequest, SayResponse> call = Host.Client.Sum();
        await call.RequestStream.WriteAsync(new SayRequest { Behaviour = "fail" }).InTime();

        // Far more than the flow control window, so that a write would wait for ever without the server's answer.
        var block = new SayRequest { Text = new string('x', 100_000) };
        RpcException write = Assert.ThrowsAsync<RpcException>(() => WriteManyAsync(call.RequestStream, block, 1000).InTime())!;
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.InTime())!;

        Assert.That(failure.Status.Detail, Is.EqualTo("enough"));
        Assert.That(write.Status.Detail, Is.EqualTo("enough"));
    }

    [Test]
    public async Task Chat_AnswersEachMessageBeforeTheNext()
    {
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> call = Host.Client.Chat();
        for (int n = 0; n < 20; n++)
        {
            await call.RequestStream.WriteAsync(new SayRequest { Text = "m" + n }).InTime();
            Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
            Assert.That(call.ResponseStream.Current.Text, Is.EqualTo("re: m" + n));
        }

        await call.RequestStream.CompleteAsync().InTime();
        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.False);
    }

    [Test]
    public async Task Write_AfterComplete_Throws()
    {
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> call = Host.Client.Chat();
        await call.RequestStream.CompleteAsync().InTime();

        Assert.That(() => call.RequestStream.WriteAsync(new SayRequest()), Throws.InvalidOperationException);
    }

    [Test]
    public void Current_BeforeTheFirstRead_Throws()
    {
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> call = Host.Client.Chat();

        Assert.That(() => call.ResponseStream.Current, Throws.InvalidOperationException);
    }

    private static async Task WriteManyAsync(IClientStreamWriter<SayRequest> writer, SayRequest message, int times)
    {
        for (int n = 0; n < times; n++)
        {
            await writer.WriteAsync(message);
        }
    }

    private static async Task<List<string>> ReadAsync(IAsyncStreamReader<SayResponse> stream)
    {
        var texts = new List<string>();
        await foreach (SayResponse response in stream.ReadAllAsync())
        {
            texts.Add(response.Text);
        }

        return texts;
    }
}
