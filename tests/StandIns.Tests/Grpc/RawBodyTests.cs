using System.Net;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Responses of google.api.HttpBody: sent as they are, not as JSON.</summary>
public sealed class RawBodyTests : EchoFixture
{
    [Test]
    public async Task Body_IsSentWithItsOwnContentType()
    {
        using HttpResponseMessage response = await GetAsync("/v1/download?to=7");

        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv"));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(9));
        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Is.EqualTo("number\n7\n"));
    }

    [Test]
    public async Task Stream_IsTheDataOneAfterTheOther()
    {
        using HttpResponseMessage response = await GetAsync("/v1/export?to=3");

        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv"));
        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Is.EqualTo("1\n2\n3\n"));
    }

    [Test]
    public async Task Stream_ThatFailsFirst_IsAnErrorInJson()
    {
        using HttpResponseMessage response = await GetAsync("/v1/export?to=3&failAt=1");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Does.Contain("lost at 1"));
    }

    [Test]
    public void Stream_ThatFailsMidway_BreaksOff() =>
        Assert.That(() => Host.Rest.GetStringAsync(new Uri("/v1/export?to=3&failAt=2", UriKind.Relative)).InTime(), Throws.InstanceOf<HttpRequestException>());

    private Task<HttpResponseMessage> GetAsync(string path) => Host.Rest.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).InTime();
}
