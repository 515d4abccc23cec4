using System.Net;
using System.Text.Json;

namespace PromptPlatform.Enhancement.Tests.Service;

public sealed class ApplyEditsTests
{
    private const string Prompt = "Write a function that merges the the lists in python!!";

    [Test]
    public async Task Apply_AllEdits_GivesTheEnhancedTextWithItsScores()
    {
        var http = ServiceFixture.Service.Client();
        var made = await http.EnhanceAsync(new { prompt = Prompt, target = new { family = "claude" }, style = "detailed" });

        var applied = await ApplyAsync(http, made, Accepted(made));

        Assert.That(applied["text"], Is.EqualTo(made["enhanced"]), applied.Text);
        Assert.That(applied["diff"], Is.EqualTo(made["diff"]));
        Assert.That(applied["scores"], Is.EqualTo(made["scores"]));
        Assert.That(applied.Json.GetProperty("tokens").GetProperty("after").GetInt32(), Is.EqualTo(made.Json.GetProperty("usage").GetProperty("tokensAfter").GetInt32()));
    }

    [Test]
    public async Task Apply_Nothing_GivesTheOriginal()
    {
        var http = ServiceFixture.Service.Client();
        var made = await http.EnhanceAsync(new { prompt = Prompt });

        var applied = await ApplyAsync(http, made, []);

        Assert.That(applied["text"], Is.EqualTo(Prompt));
        Assert.That(applied.Json.GetProperty("scores").GetProperty("after").GetInt32(), Is.EqualTo(made.Json.GetProperty("scores").GetProperty("before").GetInt32()));
    }

    [Test]
    public async Task Apply_OneEditAndAllFixes_ShowsWhoseEachPartIs()
    {
        var http = ServiceFixture.Service.Client();
        var made = await http.EnhanceAsync(new { prompt = Prompt, style = "detailed" });
        string[] fixes = [.. Lint(made).Where(f => f.TryGetProperty("edit", out _)).Select(f => f.GetProperty("id").GetString()!)];
        string edit = Accepted(made)[0];

        var applied = await ApplyAsync(http, made, [edit], fixes);
        var owners = applied.Json.GetProperty("diff").EnumerateArray().Where(d => d.GetProperty("op").GetString() != "keep").Select(d => d.GetProperty("edit").GetString()).ToHashSet();

        Assert.That(applied["text"], Does.StartWith("Write a function that merges the lists in python!\n"), applied.Text);
        Assert.That(owners, Is.SupersetOf(fixes.Append(edit)));
        Assert.That(applied.Json.GetProperty("edits").EnumerateArray().Select(e => e.GetString()), Does.Contain(edit));
        Assert.That(applied.Json.GetProperty("fixes").EnumerateArray().Select(e => e.GetString()), Is.EqualTo(fixes));
        Assert.That(applied.Json.GetProperty("scores").GetProperty("after").GetInt32(), Is.GreaterThan(made.Json.GetProperty("scores").GetProperty("before").GetInt32()));
    }

    [TestCase("""{"accept":["e99"]}""", "/accept/0", "is no edit of this enhancement; it has e1")]
    [TestCase("""{"accept":["e1","e1"]}""", "/accept/1", "stands there twice")]
    [TestCase("""{"accept":["s1"]}""", "/accept/0", "leave it out, or accept one of e1")]
    [TestCase("""{"fixes":["l99"]}""", "/fixes/0", "those that do are l1, l2")]
    [TestCase("""{"accept":["e1"],"fix":["l1"]}""", "/fix", "")]
    public async Task Apply_WhatCannotBeApplied_NamesItAndTheCure(string body, string field, string cure)
    {
        var http = ServiceFixture.Service.Client();
        var made = await http.EnhanceAsync(new { prompt = Prompt, style = "detailed" });

        var reply = await http.PostAsync($"/v1/enhancements/{made["id"]}:apply", body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply.Pointer, Is.EqualTo(field));
        Assert.That(reply.Text, Does.Contain(cure));
    }

    [Test]
    public async Task Apply_StoresNothingAndNeedsTheRightToRead()
    {
        var org = Guid.NewGuid();
        var made = await ServiceFixture.Service.Client(org).EnhanceAsync(new { prompt = Prompt });

        var refused = await ApplyAsync(ServiceFixture.Service.Client(org, "enhance"), made, []);
        var foreign = await ApplyAsync(ServiceFixture.Service.Client(), made, []);
        await ApplyAsync(ServiceFixture.Service.Client(org), made, []);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await ServiceFixture.Service.Client(org).ReadAsync("/v1/enhancements")).Json.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Apply_WithoutExplanation_StillAppliesEdits()
    {
        var http = ServiceFixture.Service.Client();
        var made = await http.EnhanceAsync(new { prompt = Prompt, explain = false });

        Assert.That((await ApplyAsync(http, made, Accepted(made)))["text"], Is.EqualTo(made["enhanced"]));
        Assert.That((await ApplyAsync(http, made, [], ["l1"])).Text, Does.Contain("with explain: false findings are not kept"));
    }

    private static Task<Reply> ApplyAsync(HttpClient http, Reply made, string[] accept, string[]? fixes = null) =>
        http.PostAsync($"/v1/enhancements/{made["id"]}:apply", JsonSerializer.Serialize(new { accept, fixes = fixes ?? [] }));

    private static string[] Accepted(Reply made) =>
        [.. made.Json.GetProperty("edits").EnumerateArray().Where(e => !e.GetProperty("structural").GetBoolean()).Select(e => e.GetProperty("id").GetString()!)];

    private static JsonElement.ArrayEnumerator Lint(Reply made) => made.Json.GetProperty("analysis").GetProperty("lint").EnumerateArray();
}
