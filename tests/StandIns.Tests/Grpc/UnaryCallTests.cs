using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class UnaryCallTests : EchoFixture
{
    [Test]
    public async Task Say_WithUnicode_AnswersTheSameText()
    {
        SayResponse response = await Host.Client.SayAsync(new SayRequest { Text = "größer 猫 🐈" }).ResponseAsync.InTime();

        Assert.That(response.Text, Is.EqualTo("größer 猫 🐈"));
    }

    [Test]
    public async Task Say_Blocking_Answers()
    {
        SayResponse response = await Task.Run(() => Host.Client.Say(new SayRequest { Text = "block" })).InTime();

        Assert.That(response.Text, Is.EqualTo("block"));
    }

    [Test]
    public async Task Say_WithAnEmptyRequest_Answers()
    {
        SayResponse response = await Host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        Assert.That(response.Text, Is.Empty);
    }

    [Test]
    public async Task Say_AfterSuccess_GivesStatusAndTrailers()
    {
        using AsyncUnaryCall<SayResponse> call = Host.Client.SayAsync(new SayRequest { Behaviour = "metadata" });
        await call.ResponseAsync.InTime();

        Metadata headers = await call.ResponseHeadersAsync.InTime();
        Assert.Multiple(() =>
        {
            Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
            Assert.That(headers.GetValue("answer"), Is.EqualTo("42"));
            Assert.That(headers.GetValueBytes("raw-bin"), Is.EqualTo(new byte[] { 0, 1, 255 }));
            Assert.That(call.GetTrailers().GetValue("after"), Is.EqualTo("all"));
            Assert.That(call.GetTrailers().GetValueBytes("tail-bin"), Is.EqualTo(new byte[] { 9, 8 }));
        });
    }

    [Test]
    public async Task Say_WithMetadata_ReachesTheHandlerUnchanged()
    {
        var headers = new Metadata { { "Twice", "one" }, { "twice", "two" }, { "raw-bin", [1, 0, 200] } };

        await Host.Client.SayAsync(new SayRequest(), headers).ResponseAsync.InTime();

        Metadata seen = Host.Probe.Headers!;
        Assert.That(string.Join(", ", seen.GetAll("twice").Select(entry => entry.Value)), Is.EqualTo("one, two"));
        Assert.That(seen.GetValueBytes("raw-bin"), Is.EqualTo(new byte[] { 1, 0, 200 }));
    }

    [Test]
    public async Task Say_WithOneBinaryKeyTwice_ReachesTheHandlerAsTwoValues()
    {
        var headers = new Metadata { { "many-bin", [1] }, { "many-bin", [2, 3] } };

        await Host.Client.SayAsync(new SayRequest(), headers).ResponseAsync.InTime();

        Assert.That(Host.Probe.Headers!.GetAll("many-bin").Select(entry => entry.ValueBytes), Is.EqualTo(new byte[][] { [1], [2, 3] }));
    }

    [Test]
    public async Task Say_WhenCold_LosesNoneOf250ConcurrentCalls()
    {
        Task<SayResponse>[] calls = [.. Enumerable.Range(0, 250).Select(n => Host.Client.SayAsync(new SayRequest { Times = n }).ResponseAsync)];

        SayResponse[] responses = await Task.WhenAll(calls).InTime();

        Assert.That(responses.Select(response => response.Request.Times), Is.EqualTo(Enumerable.Range(0, 250)));
    }

    [Test]
    public async Task Say_WithAMessageOf3Megabytes_ComesBackWhole()
    {
        string text = new('y', 3_000_000);

        SayResponse response = await Host.Client.SayAsync(new SayRequest { Behaviour = "big", Times = 3_000_000, Text = text }).ResponseAsync.InTime();

        Assert.That(response.Text, Has.Length.EqualTo(3_000_000));
    }
}
