using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Frames that cost a caller little and a server much. Whoever floods loses its connection; everybody else is served meanwhile.</summary>
internal sealed class H2FloodTests : GatewayTest
{
    protected override string[] Settings => ["--RateLimits:AddressBurst=1000000"];

    private byte[] Head() => H2Connection.Block(
        (":method", "POST"), (":scheme", "http"), (":path", "/promptplatform.enhancement.v1.EnhancementService/Enhance"), (":authority", "gateway"),
        ("content-type", "application/grpc"), ("te", "trailers"), ("authorization", "Bearer " + Gateway.Auth.CreateKey()));

    [Test]
    public async Task RapidReset_EndsTheConnection()
    {
        byte[] head = Head();
        int before = Gateway.Enhancement.Calls;

        await FloodAsync(20_000, n => [new H2Frame(H2Type.Headers, H2Frame.EndHeaders, 2 * n + 1, head), new H2Frame(H2Type.ResetStream, 0, 2 * n + 1, [0, 0, 0, 8])]);

        Assert.That(Gateway.Enhancement.Calls - before, Is.LessThan(2), "only the call of somebody else reached the service");
    }

    [Test]
    public async Task EmptyData_EndsTheConnection()
    {
        await FloodAsync(200_000, n => [n == 0 ? new H2Frame(H2Type.Headers, H2Frame.EndHeaders, 1, Head()) : new H2Frame(H2Type.Data, 0, 1, [])]);
    }

    [Test]
    public async Task Continuations_EndTheConnection()
    {
        await FloodAsync(200_000, n => [n == 0 ? new H2Frame(H2Type.Headers, 0, 1, Head()) : new H2Frame(H2Type.Continuation, 0, 1, [])]);
    }

    [Test]
    public async Task Settings_EndTheConnection()
    {
        await FloodAsync(200_000, _ => [new H2Frame(H2Type.Settings, 0, 0, [0, 4, 0, 1, 0, 0])]);
    }

    [Test]
    public async Task Pings_EndTheConnection()
    {
        await FloodAsync(200_000, _ => [new H2Frame(H2Type.Ping, 0, 0, new byte[8])]);
    }

    private async Task FloodAsync(int count, Func<int, H2Frame[]> frames)
    {
        using var connection = await H2Connection.OpenAsync(Gateway.Ports.Grpc);
        using var channel = Gateway.OpenChannel();
        var other = new EnhancementService.EnhancementServiceClient(channel);
        var headers = new Metadata { { "authorization", "Bearer " + Gateway.Auth.CreateKey() } };

        bool closed = await connection.FloodAsync(count, frames).WithinAsync(60);
        var answer = await other.EnhanceAsync(new EnhanceRequest { Prompt = "hi" }, headers).ResponseAsync.WithinAsync();

        Assert.That(answer.Original, Is.EqualTo("hi"));
        Assert.That(closed, "the gateway lets nobody flood it for ever");
    }
}
