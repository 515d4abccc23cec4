using System.Net.Http.Headers;
using System.Text;

namespace PromptPlatform.Gateway.Tests.Edge;

/// <summary>What a request says about its body.</summary>
internal sealed class BodyHeaderTests : GatewayTest
{
    [TestCase("gzip")]
    [TestCase("identity, br")]
    public async Task ContentEncoding_Is415AndNamed(string coding)
    {
        var problem = await ProblemAsync(await SendAsync(c => c.Headers.Add("Content-Encoding", coding)), 415, "unsupported_media_type");

        Assert.That(problem["detail"]!.GetValue<string>(), Does.StartWith("Content-Encoding: "));
    }

    [TestCase("application/json; charset=utf-7")]
    [TestCase("application/json;charset=\"utf-16\"")]
    [TestCase("application/json; CHARSET=iso-8859-1")]
    [TestCase("application/json; charset=utf-8; charset=utf-7")]
    [TestCase("application/json; x=1; charset")]
    public async Task Charset_OtherThanUtf8_Is415AndNamed(string type)
    {
        var problem = await ProblemAsync(await SendAsync(c => c.Headers.TryAddWithoutValidation("Content-Type", type)), 415, "unsupported_media_type");

        Assert.That(problem["detail"]!.GetValue<string>(), Does.StartWith("Content-Type: "));
    }

    [TestCase("application/json")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json;charset=\"UTF-8\"")]
    [TestCase("application/json; charset=us-ascii")]
    public async Task Charset_OfUtf8_PassesOn(string type)
    {
        var seen = await TestGateway.SeenAsync(await SendAsync(c => c.Headers.TryAddWithoutValidation("Content-Type", type)));

        Assert.That(seen.Headers["Content-Type"], Is.EqualTo(type));
    }

    [Test]
    public async Task ContentEncoding_OfIdentity_PassesOn()
    {
        await TestGateway.SeenAsync(await SendAsync(c => c.Headers.Add("Content-Encoding", "identity")));
    }

    private Task<HttpResponseMessage> SendAsync(Action<HttpContent> describe)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        describe(content);
        return Gateway.SendAsync(Gateway.Request(HttpMethod.Post, "/v1/enhance", Gateway.Auth.CreateKey(), content));
    }
}
