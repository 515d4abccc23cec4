using System.Net;
using System.Text;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>What other clients see on the wire.</summary>
public sealed class WireTests : EchoFixture
{
    private const string Say = "/promptplatform.tests.echo.v1.EchoService/Say";

    private readonly HttpClient client = new();

    [OneTimeTearDown]
    public void CloseClient() => client.Dispose();

    [Test]
    public async Task Success_SendsTheStatusAsTrailer()
    {
        using HttpResponseMessage response = await PostAsync([0, 0, 0, 0, 0]).InTime();
        await response.Content.ReadAsByteArrayAsync().InTime();

        Assert.That(response.Headers.Contains("grpc-status"), Is.False);
        Assert.That(response.TrailingHeaders.GetValues("grpc-status").Single(), Is.EqualTo("0"));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/grpc"));
    }

    [Test]
    public async Task Failure_BeforeAnyResult_IsTrailersOnlyWithAPercentEncodedMessage()
    {
        byte[] request = [.. Frame(0xa2, 0x01, 9), .. Encoding.ASCII.GetBytes("not-found")];
        request[4] = (byte)(request.Length - 5);

        using HttpResponseMessage response = await PostAsync(request).InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("5"));
        Assert.That(response.Headers.GetValues("grpc-message").Single(), Is.EqualTo("100%25 lost:%0A\"gr%C3%B6%C3%9Fer\""));
        Assert.That(await response.Content.ReadAsByteArrayAsync().InTime(), Is.Empty);
    }

    [Test]
    public async Task Deadline_ThatTheHandlerIgnores_IsAnsweredByTheServer()
    {
        byte[] behaviour = Encoding.ASCII.GetBytes("ignore-deadline");
        byte[] request = [.. Frame(0xa2, 0x01, (byte)behaviour.Length), .. behaviour];
        request[4] = (byte)(request.Length - 5);

        using HttpResponseMessage response = await PostAsync(request, timeout: "200m").InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("4"));
    }

    [Test]
    public async Task Deadline_WhileTheClientReadsNothing_EndsTheHandler()
    {
        byte[] endless = [0x08, 0xff, 0xff, 0xff, 0x7f, 0x20, 0xa0, 0x8d, 0x06];
        byte[] request = [0, 0, 0, 0, (byte)endless.Length, .. endless];

        using HttpResponseMessage response = await PostAsync(request, timeout: "300m", path: Say.Replace("Say", "Count", StringComparison.Ordinal)).InTime();

        await Host.Probe.Ended.Task.InTime();
    }

    [TestCase("5")]
    [TestCase("5x")]
    [TestCase("123456789S")]
    public async Task Timeout_ThatIsNone_IsInternal(string timeout)
    {
        using HttpResponseMessage response = await PostAsync([0, 0, 0, 0, 0], timeout: timeout).InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("13"));
    }

    [Test]
    public async Task Request_WithoutAMessage_IsInternal()
    {
        using HttpResponseMessage response = await PostAsync([]).InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("13"));
    }

    [Test]
    public async Task Request_WithTwoMessages_IsInternal()
    {
        using HttpResponseMessage response = await PostAsync([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).InTime();

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("13"));
    }

    [Test]
    public async Task Request_OfAnotherContentType_Is415()
    {
        using HttpResponseMessage response = await PostAsync([0, 0, 0, 0, 0], contentType: "application/json").InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [Test]
    public async Task Metadata_ThatIsNotBase64_IsTheCallersFault()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), Headers = { { "x-bin", "!!!" } } };

        using HttpResponseMessage response = await Host.Rest.SendAsync(request).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Request_OverHttp1_Is426()
    {
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } };

        using HttpResponseMessage response = await Host.Rest.PostAsync(new Uri(Say, UriKind.Relative), content).InTime();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UpgradeRequired));
    }

    private static byte[] Frame(params byte[] start) => [0, 0, 0, 0, 0, .. start];

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string? timeout = null, string contentType = "application/grpc", string path = Say)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.GrpcAddress, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new(contentType) } },
            Headers = { { "te", "trailers" } },
        };
        if (timeout is not null)
        {
            request.Headers.TryAddWithoutValidation("grpc-timeout", timeout);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
