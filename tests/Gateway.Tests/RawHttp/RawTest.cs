using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Raw requests against a gateway before a service that notes what reaches it. Every request of a test carries its marker.</summary>
internal abstract class RawTest : GatewayTest
{
    protected override string[] Settings => ["--RateLimits:AddressBurst=100000", "--Limits:RequestTimeout=00:00:05"];

    protected string Key { get; private set; } = "";

    protected string Marker { get; private set; } = "";

    [OneTimeSetUp]
    public void CreateKey()
    {
        Key = Gateway.Auth.CreateKey();
        // Kestrel's own message when a body turns out to be malformed while it is read.
        Gateway.Errors.Announce("automatic draining of the request body failed");
    }

    [SetUp]
    public void Mark() => Marker = Guid.NewGuid().ToString("N");

    protected string Credential => $"Authorization: Bearer {Key}\r\nContent-Type: application/json\r\n";

    /// <summary>A well-formed request that ends the connection.</summary>
    protected string Last(string name = "last") => $"GET /v1/techniques?{name}={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Connection: close\r\n\r\n";

    protected async Task<IReadOnlyList<RawAnswer>> ExchangeAsync(string bytes)
    {
        var answers = await RawConnection.ExchangeAsync(Gateway.Ports.Http, bytes);
        var answered = answers.Where(a => a.Status == 200).Select(a => JsonNode.Parse(a.Body)!).Select(seen => $"{seen["method"]} {seen["path"]}{seen["query"]}").ToList();
        Assert.That(Gateway.Echo.Arrived.Where(r => r.Contains(Marker)), Is.EqualTo(answered), "the service sees exactly what was answered");
        return answers;
    }

    /// <summary>The bytes are refused as one request, by a problem document, and nothing after them is read.</summary>
    protected async Task<RawAnswer> RefusedAsync(string bytes, int status = 400)
    {
        var answers = await ExchangeAsync(bytes);

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { status }));
        Assert.That(answers[0].SaysClose, "a refused request ends its connection");
        Assert.That(answers[0].Code, Is.Not.Null, answers[0].Body);
        Assert.That(answers[0].Headers["X-Request-Id"], Is.EqualTo(JsonNode.Parse(answers[0].Body)!["requestId"]!.GetValue<string>()));
        return answers[0];
    }
}
