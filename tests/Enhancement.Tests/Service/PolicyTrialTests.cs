using System.Net;
using System.Text.Json;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>POST /v1/policy:validate: what an overlay would change.</summary>
public sealed class PolicyTrialTests
{
    private const string Validate = "/v1/policy:validate";
    private static readonly object s_code = new { prompt = "write a function that merges two sorted lists in python" };

    [Test]
    public async Task Validate_TellsWhatWouldChange_AndWritesNothing()
    {
        var http = ServiceFixture.Service.Client();

        var reply = await http.PostAsync(Validate, JsonSerializer.Serialize(new { overlay = new { off = new[] { "output-format-prose" } }, prompts = new object[] { s_code, new { prompt = "hi" } } }));

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        var (changed, same) = (reply.Json.GetProperty("results")[0], reply.Json.GetProperty("results")[1]);
        Assert.That(changed.GetProperty("changed").GetBoolean(), Is.True);
        Assert.That(changed.GetProperty("removed").ToString(), Does.Contain("Give the complete code in one block"));
        Assert.That(changed.GetProperty("before").GetProperty("techniques").ToString(), Does.Contain("output-format-prose"));
        Assert.That(changed.GetProperty("after").GetProperty("techniques").ToString(), Does.Not.Contain("output-format-prose"));
        Assert.That(changed.GetProperty("after").GetProperty("tokens").GetInt32(), Is.LessThan(changed.GetProperty("before").GetProperty("tokens").GetInt32()));
        Assert.That(same.GetProperty("changed").GetBoolean(), Is.False);
        Assert.That((await http.ReadAsync("/v1/policy")).Json.GetProperty("history").GetArrayLength(), Is.Zero);
        Assert.That((await http.ReadAsync("/v1/enhancements")).Json.GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Validate_ComparesWithTheOrganisationsOwnPolicy()
    {
        var http = ServiceFixture.Service.Client();
        var overlay = new { off = new[] { "output-format-prose" } };
        var put = await http.PutAsync("/v1/policy/overlay", overlay);

        var reply = await http.PostAsync(Validate, JsonSerializer.Serialize(new { overlay, prompts = new[] { s_code } }));

        Assert.That(reply.Json.GetProperty("results")[0].GetProperty("changed").GetBoolean(), Is.False);
        Assert.That(reply["version"], Is.EqualTo(put["version"]));
    }

    [Test]
    public async Task Validate_OfAFaultyOverlay_AnswersWithItsFaults()
    {
        var reply = await ServiceFixture.Service.Client().PostAsync(Validate, """{"overlay":{"weights":{"code-edge":7}}}""");

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(reply.Json.GetProperty("valid").GetBoolean(), Is.False);
        Assert.That(reply.Pointer, Is.EqualTo("/weights/code-edge"));
    }

    [TestCase("""{"prompts":[{"prompt":"a"},{"prompt":" "}]}""", 400, "/prompts/1/prompt")]
    [TestCase("""{"prompts":[{"prompt":"a","style":"loud"}]}""", 400, "/prompts/0/style")]
    [TestCase("""{"prompts":[{"prompt":"a","goals":["speed"]}]}""", 400, "/prompts/0/goals/0")]
    [TestCase("""{"prompts":[{"prompt":"a","target":{"family":"bert"}}]}""", 400, "/prompts/0/target/family")]
    [TestCase("""{"prompts":[{"prompt":"a","colour":1}]}""", 400, "/prompts/0/colour")]
    [TestCase(null, 413, "/prompts")]
    public async Task Validate_WhenAPromptIsWrong_NamesIt(string? body, int status, string place)
    {
        body ??= JsonSerializer.Serialize(new { prompts = Enumerable.Repeat(s_code, 21) });

        var reply = await ServiceFixture.Service.Client().PostAsync(Validate, body);

        Assert.That(((int)reply.Status, reply.Pointer), Is.EqualTo((status, place)), reply.Text);
    }

    [Test]
    public async Task Validate_NeedsItsScope() =>
        Assert.That((await ServiceFixture.Service.Client(scopes: "enhance").PostAsync(Validate, "{}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
}
