using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Tests;

/// <summary>Tests of one class share a gateway with usual settings; a test that needs others starts its own.</summary>
internal abstract class GatewayTest
{
    protected TestGateway Gateway { get; private set; } = null!;

    protected virtual string[] Settings => [];

    [OneTimeSetUp]
    public async Task StartAsync() => Gateway = await TestGateway.StartAsync(Settings);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Gateway.DisposeAsync();
        Gateway.Errors.Verify();
    }

    protected static async Task<JsonObject> ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), body);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), body);
        var problem = JsonNode.Parse(body)!.AsObject();
        Assert.That(problem["code"]!.GetValue<string>(), Is.EqualTo(code));
        Assert.That(problem["type"]!.GetValue<string>(), Is.EqualTo("/docs/errors/" + code));
        Assert.That(problem["status"]!.GetValue<int>(), Is.EqualTo(status));
        Assert.That(problem["requestId"]!.GetValue<string>(), Is.EqualTo(response.Headers.GetValues("X-Request-Id").Single()));
        Assert.That(response.Headers.Contains("X-RateLimit-Remaining"), "every answer tells the limit");
        return problem;
    }
}
