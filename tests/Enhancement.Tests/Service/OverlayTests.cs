using System.Net;
using System.Text.Json;
using Npgsql;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>What an organisation changes of the policy, from the request to the next enhancement.</summary>
public sealed class OverlayTests
{
    private const string Overlay = "/v1/policy/overlay";
    private static readonly object s_prompt = new { prompt = "write a function that merges two sorted lists in python" };

    private static readonly object s_ownRule = new
    {
        rules = new[] { new { id = "own-tests", technique = "success-criteria", sentences = new[] { "code.tests" }, intents = new[] { "code_generation" }, styles = new[] { "standard" }, weight = 0.99, reason = "We never merge code without tests." } },
    };

    [Test]
    public async Task Put_TechniqueSwitchedOff_IsNotAppliedAndSaysWhy()
    {
        var http = ServiceFixture.Service.Client();
        var before = await http.EnhanceAsync(s_prompt);

        var put = await http.PutAsync(Overlay, new { off = new[] { "output-format-prose" } });
        var after = await http.EnhanceAsync(s_prompt);

        Assert.That(put.Status, Is.EqualTo(HttpStatusCode.OK), put.Text);
        Assert.That(Applied(before), Has.Member("output-format-prose"));
        Assert.That(Applied(after), Has.No.Member("output-format-prose"));
        Assert.That(Declined(after)["output-format-prose"], Is.EqualTo("Your organisation has switched it off."));
        Assert.That(after["policyVersion"], Is.EqualTo(put["version"]).And.Not.EqualTo(before["policyVersion"]));
        Assert.That(put.Message.Headers.ETag!.Tag, Is.EqualTo($"\"{put["version"]}\""));
        Assert.That(put["baseVersion"], Is.EqualTo(before["policyVersion"]));
    }

    [Test]
    public async Task Put_OwnRule_SaysItsSentenceWithItsReason()
    {
        var http = ServiceFixture.Service.Client();

        await http.PutAsync(Overlay, s_ownRule);
        var reply = await http.EnhanceAsync(s_prompt);

        Assert.That(reply["enhanced"], Does.Contain("Add short tests: a normal case, a boundary case and an invalid input."));
        Assert.That(reply["applied"], Does.Contain("We never merge code without tests."));
    }

    [Test]
    public async Task Put_OwnRule_KeepsTheLinesOfTheProductsRule()
    {
        var http = ServiceFixture.Service.Client();

        var put = await http.PutAsync(Overlay, s_ownRule);
        var asked = await http.EnhanceAsync(new { prompt = "write a function that merges two sorted lists in python, with unit tests" });

        Assert.That(asked["enhanced"], Does.Not.Contain("Add short tests"));
        Assert.That(Rule(put, "own-tests").GetProperty("condition").GetProperty("lacks").ToString(), Does.Contain("WantsTests"));
    }

    [Test]
    public async Task Put_LimitsAndWeights_DecideWhatFits()
    {
        var http = ServiceFixture.Service.Client();

        var put = await http.PutAsync(Overlay, new { limits = new { standard = 1 }, weights = new Dictionary<string, double> { ["code-edge"] = 1, ["code-format"] = 0 } });
        var reply = await http.EnhanceAsync(s_prompt);

        Assert.That(put.Status, Is.EqualTo(HttpStatusCode.OK), put.Text);
        Assert.That(Applied(reply), Is.EqualTo(new[] { "success-criteria" }));
        Assert.That(Rule(put, "code-edge").GetProperty("weight").GetDouble(), Is.EqualTo(1));
        Assert.That(put.Json.GetProperty("limits").GetProperty("standard").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Put_ByOneOrganisation_ChangesNothingForAnother()
    {
        var (one, other) = (ServiceFixture.Service.Client(), ServiceFixture.Service.Client());
        var before = await other.EnhanceAsync(s_prompt);

        var put = await one.PutAsync(Overlay, new { off = new[] { "output-format-prose", "success-criteria" } });
        var own = await one.EnhanceAsync(s_prompt);
        var after = await other.EnhanceAsync(s_prompt);
        var policy = await other.ReadAsync("/v1/policy");

        Assert.That(after["enhanced"], Is.EqualTo(before["enhanced"]));
        Assert.That(own["policyVersion"], Is.EqualTo(put["version"]));
        Assert.That(after["policyVersion"], Is.EqualTo(policy["baseVersion"]));
        Assert.That(policy.Json.TryGetProperty("overlay", out _), Is.False);
        Assert.That(policy.Json.GetProperty("history").GetArrayLength(), Is.Zero);
        Assert.That((await other.EraseAsync(Overlay)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Rows_OfOneOrganisation_AreNotSeenByAnotherNorWithoutOne()
    {
        var org = Guid.NewGuid();
        await ServiceFixture.Service.Client(org).PutAsync(Overlay, s_ownRule);

        Assert.That(await CountRowsAsync(org.ToString()), Is.EqualTo(1));
        Assert.That(await CountRowsAsync(Guid.NewGuid().ToString()), Is.Zero);
        Assert.That(await CountRowsAsync(""), Is.Zero);
    }

    [Test]
    public async Task Delete_GoesBackToTheProduct_AndTheHistoryStays()
    {
        var org = Guid.NewGuid();
        var http = ServiceFixture.Service.Client(org);
        var put = await http.PutAsync(Overlay, s_ownRule);

        var deleted = await http.EraseAsync(Overlay);
        var read = await http.ReadAsync("/v1/policy");

        Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK), deleted.Text);
        Assert.That(deleted["version"], Is.EqualTo(deleted["baseVersion"]));
        Assert.That((await http.EnhanceAsync(s_prompt))["policyVersion"], Is.EqualTo(deleted["version"]));
        var history = read.Json.GetProperty("history");
        Assert.That(history.EnumerateArray().Select(r => r.GetProperty("revision").GetInt32()), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(history[0].TryGetProperty("overlay", out _), Is.False);
        Assert.That(history[0].GetProperty("author").GetString(), Is.EqualTo($"key_{org:N}"));
        Assert.That(history[1].GetProperty("version").GetString(), Is.EqualTo(put["version"]));
        Assert.That(history[1].GetProperty("overlay").GetProperty("rules")[0].GetProperty("id").GetString(), Is.EqualTo("own-tests"));
        Assert.That((await http.EraseAsync(Overlay)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Put_TheSameAgain_IsNoNewRevision()
    {
        var http = ServiceFixture.Service.Client();

        await http.PutAsync(Overlay, new { off = new[] { "few-shot", "length-budget" } });
        var again = await http.PutAsync(Overlay, new { off = new[] { "length-budget", "few-shot" } });

        Assert.That(again.Json.GetProperty("history").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Get_ListsRulesAndAllTechniquesWithTheirUse()
    {
        var http = ServiceFixture.Service.Client();
        await http.PutAsync(Overlay, new { off = new[] { "few-shot" } });

        var policy = await http.ReadAsync("/v1/policy");

        var use = policy.Json.GetProperty("techniques").EnumerateArray().ToDictionary(t => t.GetProperty("id").GetString()!, t => t.GetProperty("use").GetString());
        Assert.That(use, Has.Count.EqualTo(163));
        Assert.That((use["few-shot"], use["success-criteria"], use["neutral-emphasis"], use["re-reading"], use["tree-of-thoughts"]), Is.EqualTo(("off", "applied", "linted", "declined", "advice")));
        Assert.That(Rule(policy, "code-format").GetProperty("tokens").GetProperty("ja").GetInt32(), Is.GreaterThan(0));
        Assert.That(Rule(policy, "code-format").GetProperty("condition").GetProperty("intents")[0].GetString(), Is.EqualTo("code_generation"));
    }

    [TestCase("enhance", "PUT", 403)]
    [TestCase("enhance", "DELETE", 403)]
    [TestCase("enhance", "GET", 200)]
    [TestCase("policy:write", "GET", 403)]
    public async Task Scopes_AreAsked(string scope, string verb, int status)
    {
        var http = ServiceFixture.Service.Client(scopes: scope);

        var reply = verb == "PUT" ? await http.PutAsync(Overlay, "{}") : verb == "DELETE" ? await http.EraseAsync(Overlay) : await http.ReadAsync("/v1/policy");

        Assert.That((int)reply.Status, Is.EqualTo(status), reply.Text);
    }

    private static string[] Applied(Reply reply) => [.. reply.Json.GetProperty("applied").EnumerateArray().Select(a => a.GetProperty("techniqueId").GetString()!)];

    private static Dictionary<string, string> Declined(Reply reply) =>
        reply.Json.GetProperty("notApplied").EnumerateArray().ToDictionary(d => d.GetProperty("techniqueId").GetString()!, d => d.GetProperty("reason").GetString()!);

    private static JsonElement Rule(Reply reply, string id) => reply.Json.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);

    // As the application's own role, on which row-level security is forced.
    private static async Task<long> CountRowsAsync(string org)
    {
        await using var source = NpgsqlDataSource.Create(ServiceFixture.Service.Host.Database.AppConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var setting = new NpgsqlCommand("SELECT set_config('app.org_id', $1, true)", connection, transaction) { Parameters = { new() { Value = org } } };
        await setting.ExecuteNonQueryAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM policy_overlays", connection, transaction);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
