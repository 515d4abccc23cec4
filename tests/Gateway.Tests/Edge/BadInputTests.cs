using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Edge;

internal sealed class BadInputTests : GatewayTest
{
    protected override string[] Settings => ["--Limits:RequestTimeout=00:00:01", "--RateLimits:AddressBurst=10000"];

    [Test]
    public async Task UnknownRoute_Is404()
    {
        await ProblemAsync(await Gateway.GetAsync("/v1/nothing", Gateway.Auth.CreateKey()), 404, "not_found");
    }

    [Test]
    public async Task WrongVerb_Is405AndNamesTheRightOnes()
    {
        var response = await Gateway.GetAsync("/v1/enhance", Gateway.Auth.CreateKey());

        await ProblemAsync(response, 405, "method_not_allowed");
        Assert.That(response.Content.Headers.Allow, Is.EqualTo(new[] { "POST" }));
    }

    [TestCase("/v1/techniques/a%2fb")]
    [TestCase("/v1/techniques/a%5cb")]
    [TestCase("/v1/techniques/a%00b")]
    [TestCase("/v1//techniques")]
    [TestCase("/v1/techniques;x=1")]
    [TestCase("/v1/techniques/%252e%252e")]
    public async Task Path_WithTricks_Is400(string path)
    {
        string answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");

        Assert.That(answer, Does.StartWith("HTTP/1.1 400 "));
        Assert.That(answer, path.Contains("%00") ? Is.Not.Empty : Does.Contain("\"code\":\"invalid_request\""));
    }

    [Test]
    public async Task Body_OverTheLimitByContentLength_Is413()
    {
        await ProblemAsync(await Gateway.EnhanceAsync(Gateway.Auth.CreateKey(), new string(' ', (1 << 20) + 1)), 413, "too_large");
    }

    [Test]
    public async Task Body_OverTheLimitInChunks_Is413()
    {
        var content = new StreamContent(new MemoryStream(new byte[2 << 20]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = Gateway.Request(HttpMethod.Post, "/v1/enhance", Gateway.Auth.CreateKey(), content);
        request.Headers.TransferEncodingChunked = true;

        await ProblemAsync(await Gateway.SendAsync(request), 413, "too_large");
    }

    [Test]
    public async Task Body_OfABatch_MayBeLarger()
    {
        var content = new ByteArrayContent(new byte[2 << 20]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        // Of its own, with time enough on a busy machine.
        await using var gateway = await TestGateway.StartAsync();
        var seen = await TestGateway.SeenAsync(await gateway.SendAsync(gateway.Request(HttpMethod.Post, "/v1/enhance:batch", gateway.Auth.CreateKey(), content)));

        Assert.That(seen.BodyBytes, Is.EqualTo(2 << 20));
    }

    [Test]
    public async Task Body_ThatStops_Is408()
    {
        // Kestrel's own message when a read of the body is given up.
        Gateway.Errors.Announce("automatic draining of the request body failed");
        string answer = await RawAsync($"POST /v1/enhance HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {Gateway.Auth.CreateKey()}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"prompt\"");

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contain("\"code\":\"timed_out\"").And.Contain("did not arrive within 1 s"));
    }

    [Test]
    public async Task Service_ThatDoesNotAnswer_Is504()
    {
        Gateway.Echo.Answer = http => Task.Delay(TimeSpan.FromSeconds(60), http.RequestAborted);
        try
        {
            var response = await Gateway.EnhanceAsync(Gateway.Auth.CreateKey());

            await ProblemAsync(response, 504, "timed_out");
            Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        }
        finally
        {
            Gateway.Echo.Answer = null;
        }
    }

    [TestCase(64)]
    [TestCase(100)]
    public async Task Header_OfManyKilobytes_Is431(int kilobytes)
    {
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Gateway.Auth.CreateKey());
        request.Headers.Add("X-Long", new string('x', kilobytes << 10));

        await ProblemAsync(await Gateway.SendAsync(request), 431, "headers_too_large");
    }

    [TestCase("TRACE /v1/enhance HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405)]
    [TestCase("get /v1/techniques HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400)]
    [TestCase("GET http://elsewhere/v1/nothing HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n", 404)]
    [TestCase("GET /v1/techniques HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: DELETE\r\nConnection: close\r\n\r\n", 401)]
    public async Task Request_ThatIsOdd_HasAPlainAnswer(string request, int status)
    {
        Assert.That(await RawAsync(request), Does.StartWith($"HTTP/1.1 {status} "));
    }

    [Test]
    public async Task Service_ThatIsDown_Is503WithRetryAfter()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopServicesAsync();

        var response = await gateway.EnhanceAsync(gateway.Auth.CreateKey());

        await ProblemAsync(response, 503, "unavailable");
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Service_ThatBreaksOff_Is502()
    {
        Gateway.Echo.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        try
        {
            var response = await Gateway.EnhanceAsync(Gateway.Auth.CreateKey());

            Assert.That((int)response.StatusCode, Is.EqualTo(502).Or.EqualTo(503));
            Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        }
        finally
        {
            Gateway.Echo.Answer = null;
        }
    }

    private async Task<string> RawAsync(string request)
    {
        async Task<string> TalkAsync()
        {
            var address = new Uri(Gateway.Ports.Http);
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var answer = new StringBuilder();
            var buffer = new char[4096];
            // A kept connection would be read for ever: the end of head and body is enough.
            while (await ReadAsync(reader, buffer) is var read and > 0)
                answer.Append(buffer, 0, read);
            return answer.ToString();
        }
        return await TalkAsync().WithinAsync(40);
    }

    private static async Task<int> ReadAsync(StreamReader reader, char[] buffer)
    {
        try
        {
            return await reader.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
