using System.Net;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>What requests get that are no gRPC calls, or half of one.</summary>
public sealed class PlainHttpTests : EchoFixture
{
    private const string Say = "/promptplatform.tests.echo.v1.EchoService/Say";

    private readonly HttpClient client = new();

    [OneTimeTearDown]
    public void CloseClient() => client.Dispose();

    [TestCase("GET", "/no.Service/Say", null, HttpStatusCode.NotFound)]
    [TestCase("GET", "/no.Service/Say", "application/grpc", HttpStatusCode.NotFound)]
    [TestCase("PUT", "/promptplatform.tests.echo.v1.EchoService/Nothing", "application/grpc", HttpStatusCode.NotFound)]
    [TestCase("POST", "/no.Service/Say", "application/json", HttpStatusCode.NotFound)]
    [TestCase("POST", "/no.Service/Say", "application/grpc-web", HttpStatusCode.NotFound)]
    [TestCase("POST", "/no.Service/Say/more", "application/grpc", HttpStatusCode.NotFound)]
    [TestCase("POST", "/v1/nothing", "application/json", HttpStatusCode.NotFound)]
    [TestCase("DELETE", "/v1/echo", null, HttpStatusCode.MethodNotAllowed)]
    [TestCase("POST", "/no.Service/Say", "application/grpc", HttpStatusCode.OK)]
    [TestCase("POST", "/no.Service/Say", "application/grpc+proto", HttpStatusCode.OK)]
    [TestCase("GET", Say, "application/grpc", HttpStatusCode.MethodNotAllowed)]
    [TestCase("POST", Say, null, HttpStatusCode.UnsupportedMediaType)]
    [TestCase("POST", Say, "application/json", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("POST", Say, "application/grpc-web", HttpStatusCode.UnsupportedMediaType)]
    public async Task Request_OverHttp2_GetsTheStatusOfItsKind(string verb, string path, string? contentType, HttpStatusCode status) =>
        Assert.That((await SendAsync(new Uri(Host.GrpcAddress, path), HttpVersion.Version20, verb, contentType)).StatusCode, Is.EqualTo(status));

    [TestCase("application/json", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/grpc", HttpStatusCode.UpgradeRequired)]
    public async Task Call_OverHttp1_IsRefused(string contentType, HttpStatusCode status) =>
        Assert.That((await SendAsync(new Uri(Host.Rest.BaseAddress!, Say), HttpVersion.Version11, "POST", contentType)).StatusCode, Is.EqualTo(status));

    [TestCase(Say)]
    [TestCase("/no.Service/Say")]
    public async Task Call_OverHttp1_IsToldTheProtocolToUse(string path)
    {
        HttpResponseMessage response = await SendAsync(new Uri(Host.Rest.BaseAddress!, path), HttpVersion.Version11, "POST", "application/grpc");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UpgradeRequired));
        Assert.That(response.Headers.Upgrade.Single().ToString(), Is.EqualTo("HTTP/2"));
        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("13"));
        Assert.That(response.Headers.GetValues("grpc-message").Single(), Is.EqualTo("Request protocol 'HTTP/1.1' is not supported."));
    }

    [Test]
    public async Task Call_OfAnUnknownService_IsUnimplementedOnTheWire()
    {
        HttpResponseMessage response = await SendAsync(new Uri(Host.GrpcAddress, "/no.Service/Say"), HttpVersion.Version20, "POST", "application/grpc");

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("12"));
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, Version version, string verb, string? contentType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), address)
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        HttpResponseMessage response = await client.SendAsync(request).InTime();
        return response;
    }
}
