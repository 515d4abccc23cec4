using System.Net;
using PromptPlatform.Analytics.Webhooks;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Webhooks;

public sealed class WebhookConnectorTests
{
    [TestCase("127.0.0.1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("8.8.8.8 127.0.0.1", TestName = "{m}(a bad address behind a good one)")]
    [TestCase("169.254.169.254")]
    [TestCase("")]
    public async Task Connect_WhenAnyAddressOfTheNameIsNotPublic_IsRefused(string addresses)
    {
        await using var endpoint = await Receiver.StartAsync();
        using var http = Client(addresses, allowLoopback: false);

        var error = Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(Request(endpoint), CancellationToken.None).WithinAsync());

        Assert.That(error!.InnerException, Is.TypeOf<ForbiddenAddressException>());
        Assert.That(endpoint.Events, Is.Empty);
    }

    [Test]
    public async Task Connect_OfDevelopment_ReachesLoopbackByTheAddressThatWasChecked()
    {
        await using var endpoint = await Receiver.StartAsync();
        using var http = Client("127.0.0.1", allowLoopback: true);

        // The name exists nowhere but in the resolver: were it asked again, it would not be found.
        using var answer = await http.SendAsync(Request(endpoint), CancellationToken.None).WithinAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Connect_OfDevelopment_RefusesPrivateAddressesAllTheSame()
    {
        await using var endpoint = await Receiver.StartAsync();
        using var http = Client("10.0.0.1", allowLoopback: true);

        var error = Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(Request(endpoint), CancellationToken.None).WithinAsync());

        Assert.That(error!.InnerException, Is.TypeOf<ForbiddenAddressException>());
    }

    private static HttpMessageInvoker Client(string addresses, bool allowLoopback)
    {
        IPAddress[] found = [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
        return new HttpMessageInvoker(new WebhookConnector((_, _) => Task.FromResult(found), allowLoopback).CreateHandler());
    }

    private static HttpRequestMessage Request(Receiver endpoint) => new(HttpMethod.Post, $"http://endpoint.invalid:{new Uri(endpoint.Url).Port}/hook");
}
