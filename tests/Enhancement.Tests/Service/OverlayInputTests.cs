using System.Net;
using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>What an overlay may not say. Every error names the place by a JSON pointer, and the cure.</summary>
public sealed class OverlayInputTests
{
    private const string Rule = """{"id":"own-tests","technique":"success-criteria","sentences":["code.tests"],"intents":["code_generation"],"lacks":["Tiny"],"weight":0.9,"reason":"Because."}""";

    private static readonly TestCaseData[] s_cases =
    [
        new("""{"colour":1}""", "/colour", "known"),
        new("""{"off":"few-shot"}""", "/off", "send an array"),
        new("""{"off":["no-such"]}""", "/off/0", "GET /v1/policy lists"),
        new("""{"off":["tree-of-thoughts"]}""", "/off/0", "no technique that a rule applies"),
        new("""{"off":["few-shot","few-shot"]}""", "/off/1", "name it once"),
        new("""{"weights":{"no-such":0.5}}""", "/weights/no-such", "no rule of the product"),
        new("""{"weights":{"a/b~c":0.5}}""", "/weights/a~1b~0c", "no rule of the product"),
        new("""{"weights":{"code-edge":1.01}}""", "/weights/code-edge", "between 0 and 1"),
        new("""{"weights":{"code-edge":-0.01}}""", "/weights/code-edge", "between 0 and 1"),
        new("""{"limits":{"loud":3}}""", "/limits/loud", "none of concise, standard, detailed, reasoning"),
        new("""{"limits":{"standard":21}}""", "/limits/standard", "between 0 and 20"),
        new("""{"limits":{"standard":-1}}""", "/limits/standard", "between 0 and 20"),
        new("""{"budgets":{"lean":2001}}""", "/budgets/lean", "between 0 and 2000"),
        Wrong("own-tests", "tests", "/rules/0/id", "own-"),
        Wrong("own-tests", "own-Tests", "/rules/0/id", "own-"),
        Wrong("success-criteria", "no-such", "/rules/0/technique", "not described"),
        Wrong("success-criteria", "tree-of-thoughts", "/rules/0/sentences/0", "none: it only rearranges"),
        Wrong("code.tests", "no.such", "/rules/0/sentences/0", "no language pack"),
        Wrong("[\"code.tests\"]", "[]", "/rules/0/sentences", "give 1 to 5"),
        Wrong("code.tests", "math.steps", "/rules/0/sentences/0", "no rule of the product says math.steps for success-criteria"),
        Wrong("code_generation", "cooking", "/rules/0/intents/0", "does not exist"),
        Wrong("\"Tiny\"", "\"Nonsense\"", "/rules/0/lacks/0", "does not exist"),
        Wrong("\"weight\"", "\"has\":[\"Tiny\"],\"weight\"", "/rules/0/has", "can never hold"),
        // The product asks that no tests are wanted yet: a rule for those who want them has no place.
        Wrong("\"weight\"", "\"has\":[\"WantsTests\"],\"weight\"", "/rules/0/has", "WantsTests is both wanted and unwanted"),
        Wrong("\"intents\":[\"code_generation\"],", "", "/rules/0/intents", "name only code_generation"),
        Wrong("\"weight\":0.9", "\"weight\":0", "/rules/0/weight", "above 0"),
        Wrong("\"weight\":0.9", "\"weight\":2", "/rules/0/weight", "up to 1"),
        Wrong("\"Because.\"", "\"\"", "/rules/0/reason", "say in one sentence"),
        Wrong("\"Because.\"", "\"one\\ntwo\"", "/rules/0/reason", "one line"),
        Wrong("\"weight\"", "\"styles\":[\"loud\"],\"weight\"", "/rules/0/styles/0", "does not exist"),
        Wrong("\"weight\"", "\"families\":[\"bert\"],\"weight\"", "/rules/0/families/0", "does not exist"),
        Wrong("\"weight\"", "\"reasoning\":\"maybe\",\"weight\"", "/rules/0/reasoning", "true or false"),
        new($$"""{"rules":[{{Rule}},{{Rule}}]}""", "/rules/1/id", "stands twice"),
        // Do no harm: worked steps for a story, steps for a model that reasons by itself.
        Wrong("{\"id\":\"own-tests\",\"technique\":\"success-criteria\",\"sentences\":[\"code.tests\"],\"intents\":[\"code_generation\"]", "{\"id\":\"own-steps\",\"technique\":\"zero-shot-cot\",\"sentences\":[\"math.steps\"],\"intents\":[\"creative_writing\"],\"reasoning\":false", "/rules/0/intents", "math_reasoning"),
        Wrong("{\"id\":\"own-tests\",\"technique\":\"success-criteria\",\"sentences\":[\"code.tests\"],\"intents\":[\"code_generation\"]", "{\"id\":\"own-steps\",\"technique\":\"zero-shot-cot\",\"sentences\":[\"math.steps\"],\"intents\":[\"math_reasoning\"],\"reasoning\":true", "/rules/0/reasoning", "set reasoning to false"),
    ];

    [TestCaseSource(nameof(s_cases))]
    public async Task Put_WhenSomethingIsWrong_NamesPlaceAndCure_AndWritesNothing(string body, string place, string cure)
    {
        var http = ServiceFixture.Service.Client();

        var reply = await http.PutAsync("/v1/policy/overlay", body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        var error = reply.Json.GetProperty("errors").EnumerateArray().First(e => e.GetProperty("pointer").GetString() == place);
        Assert.That(error.GetProperty("detail").GetString(), Does.Contain(cure));
        Assert.That((await http.ReadAsync("/v1/policy")).Json.GetProperty("history").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Put_WithSeveralFaults_NamesAll()
    {
        var reply = await ServiceFixture.Service.Client().PutAsync("/v1/policy/overlay", """{"off":["x"],"limits":{"y":1},"weights":{"z":1}}""");

        Assert.That(reply.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()), Is.EquivalentTo(new[] { "/off/0", "/limits/y", "/weights/z" }));
    }

    [Test]
    public async Task Put_OverTheSize_Is413()
    {
        var reply = await ServiceFixture.Service.Client().PutAsync("/v1/policy/overlay", new { off = Enumerable.Repeat(new string('a', 60), 600) });

        Assert.That((int)reply.Status, Is.EqualTo(413), reply.Text);
    }

    [Test]
    public async Task Put_OverTheCounts_NamesThem()
    {
        var reply = await ServiceFixture.Service.Client().PutAsync("/v1/policy/overlay", new { off = Enumerable.Repeat("few-shot", 101) });

        Assert.That(reply.Pointer, Is.EqualTo("/off"));
    }

    [Test]
    public void Put_ByGrpcWithNoNumber_IsInvalid()
    {
        var org = Guid.NewGuid();
        var client = new EnhancementService.EnhancementServiceClient(ServiceFixture.Service.Host.Channel);
        var token = ServiceFixture.Service.Host.Identity.Token("enhancement", org, "policy:write");

        var refusal = Assert.ThrowsAsync<RpcException>(() => client.PutPolicyOverlayAsync(
            new PolicyOverlay { Weights = { ["code-edge"] = double.NaN } }, new Metadata { { "authorization", "Bearer " + token } }).ResponseAsync.WithinAsync());

        Assert.That(refusal!.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(refusal.Status.Detail, Does.Contain("weight NaN"));
    }

    private static TestCaseData Wrong(string right, string wrong, string place, string cure) =>
        new($$"""{"rules":[{{Rule.Replace(right, wrong, StringComparison.Ordinal)}}]}""", place, cure);
}
