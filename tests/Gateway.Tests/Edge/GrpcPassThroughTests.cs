using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Edge;

internal sealed class GrpcPassThroughTests : GatewayTest
{
    protected override string[] Settings =>
    [
        // The contract has no public stream yet; this internal one stands for those to come.
        "--ReverseProxy:Routes:stream:ClusterId=catalog-grpc",
        "--ReverseProxy:Routes:stream:Match:Path=/promptplatform.catalog.v1.CatalogService/StreamSnapshots",
        "--ReverseProxy:Routes:stream:Metadata:Streams=true",
        "--Limits:RequestTimeout=00:00:02",
    ];

    [Test]
    public async Task Call_WithAKey_IsAnsweredWithTrailers()
    {
        using var channel = Gateway.OpenChannel();
        using var call = new EnhancementService.EnhancementServiceClient(channel).EnhanceAsync(new EnhanceRequest { Prompt = "hi" }, WithKey());

        var answer = await call.ResponseAsync.WithinAsync();

        Assert.That(answer.Original, Is.EqualTo("hi"));
        Assert.That(answer.Enhanced, Does.StartWith("Bearer ey"));
        Assert.That(call.GetTrailers().GetValue("seen"), Is.EqualTo("yes"));
    }

    [Test]
    public async Task Stream_ArrivesMessageByMessageWithItsTrailers()
    {
        using var channel = Gateway.OpenChannel();
        using var call = new CatalogService.CatalogServiceClient(channel).StreamSnapshots(new StreamSnapshotsRequest(), WithKey());

        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None).WithinAsync());
        string first = call.ResponseStream.Current.Version;
        Gateway.Catalog.Release.SetResult();
        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None).WithinAsync());
        string second = call.ResponseStream.Current.Version;

        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None).WithinAsync(), Is.False);
        Assert.That((first, second), Is.EqualTo(("1", "2")));
        Assert.That(call.GetTrailers().GetValue("ended"), Is.EqualTo("well"));
    }

    [Test]
    public void Error_OfTheService_ArrivesWithItsTrailers()
    {
        var error = Fail("refuse", WithKey());

        Assert.That((error.StatusCode, error.Status.Detail), Is.EqualTo((StatusCode.InvalidArgument, "prompt: is refused")));
        Assert.That(error.Trailers.GetValue("reason"), Is.EqualTo("test"));
    }

    [Test]
    public void Call_WithoutAKey_IsUnauthenticated()
    {
        var error = Fail("hi", []);

        Assert.That(error.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(error.Status.Detail, Does.Contain("Authorization: Bearer"));
    }

    [Test]
    public void Call_OfAnInternalMethod_IsUnimplemented()
    {
        using var channel = Gateway.OpenChannel();
        var auth = new AuthService.AuthServiceClient(channel);

        var error = Assert.ThrowsAsync<RpcException>(() => auth.ExchangeApiKeyAsync(new ExchangeApiKeyRequest(), WithKey()).ResponseAsync.WithinAsync())!;

        Assert.That(error.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public void Call_ThatIsNotAnswered_EndsWithTheGatewaysDeadline()
    {
        Assert.That(Fail("wait", WithKey()).StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task GrpcPath_WithJson_Is415()
    {
        var response = await Gateway.SendAsync(Gateway.Request(HttpMethod.Post, "/promptplatform.enhancement.v1.EnhancementService/Enhance", Gateway.Auth.CreateKey(), new StringContent("{}")));

        await ProblemAsync(response, 415, "unsupported_media_type");
    }

    private Metadata WithKey() => new() { { "authorization", "Bearer " + Gateway.Auth.CreateKey() } };

    private RpcException Fail(string prompt, Metadata headers)
    {
        using var channel = Gateway.OpenChannel();
        var client = new EnhancementService.EnhancementServiceClient(channel);
        return Assert.ThrowsAsync<RpcException>(() => client.EnhanceAsync(new EnhanceRequest { Prompt = prompt }, headers).ResponseAsync.WithinAsync())!;
    }
}
