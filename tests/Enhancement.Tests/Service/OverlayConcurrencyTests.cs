using System.Net;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>Several who change the policy of one organisation.</summary>
public sealed class OverlayConcurrencyTests
{
    private const string Overlay = "/v1/policy/overlay";

    [Test]
    public async Task Put_WithTheVersionThatWasRead_IsWritten_AndWithAnOlderOne_Is412()
    {
        var http = ServiceFixture.Service.Client();
        string read = (await http.ReadAsync("/v1/policy")).Message.Headers.ETag!.Tag;

        var first = await http.PutAsync(Overlay, new { off = new[] { "few-shot" } }, read);
        var second = await http.PutAsync(Overlay, new { off = new[] { "length-budget" } }, read);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK), first.Text);
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed), second.Text);
        Assert.That(second["code"], Is.EqualTo("stale"));
        Assert.That((await http.ReadAsync("/v1/policy"))["version"], Is.EqualTo(first["version"]));
    }

    [TestCase("*", 200)]
    [TestCase("\"pol_0000000000000000\"", 412)]
    [TestCase("nonsense", 412)]
    public async Task Put_IfMatch_IsObeyed(string ifMatch, int status) =>
        Assert.That((int)(await ServiceFixture.Service.Client().PutAsync(Overlay, new { off = new[] { "few-shot" } }, ifMatch)).Status, Is.EqualTo(status));

    [Test]
    public async Task Delete_WithAnOlderVersion_Is412()
    {
        var http = ServiceFixture.Service.Client();
        await http.PutAsync(Overlay, new { off = new[] { "few-shot" } });
        using var request = new HttpRequestMessage(HttpMethod.Delete, Overlay) { Headers = { { "If-Match", "\"pol_0000000000000000\"" } } };

        Assert.That((await Reply.OfAsync(http.SendAsync(request))).Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    [Test]
    public async Task Put_ManyFromOneVersion_OneWins()
    {
        var http = ServiceFixture.Service.Client();
        string read = (await http.ReadAsync("/v1/policy")).Message.Headers.ETag!.Tag;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => http.PutAsync(Overlay, new { limits = new { standard = i } }, read)));

        Assert.That(replies.Count(r => r.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(replies.Where(r => r.Status != HttpStatusCode.OK).Select(r => (int)r.Status), Has.All.EqualTo(412));
        Assert.That((await http.ReadAsync("/v1/policy"))["version"], Is.EqualTo(replies.Single(r => r.Status == HttpStatusCode.OK)["version"]));
    }

    [Test]
    public async Task Put_ManyAtOnce_EachIsARevisionOrAConflict()
    {
        var http = ServiceFixture.Service.Client();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => http.PutAsync(Overlay, new { limits = new { standard = i + 6 } })));
        var history = (await http.ReadAsync("/v1/policy")).Json.GetProperty("history").EnumerateArray().ToList();

        Assert.That(replies.Select(r => (int)r.Status), Has.All.AnyOf(200, 409));
        Assert.That(history, Has.Count.EqualTo(replies.Count(r => r.Status == HttpStatusCode.OK)));
        Assert.That(history.Select(r => r.GetProperty("revision").GetInt32()), Is.EqualTo(Enumerable.Range(1, history.Count).Reverse()));
        Assert.That((await http.EnhanceAsync(new { prompt = "Explain tides." }))["policyVersion"], Is.EqualTo(history[0].GetProperty("version").GetString()));
    }

    [Test]
    public async Task History_HoldsNoMoreThanItsBounds()
    {
        var org = Guid.NewGuid();
        var http = ServiceFixture.Service.Client(org);
        Reply last = null!;
        for (int i = 0; i < 53; i++)
            last = await http.PutAsync(Overlay, new { budgets = new { lean = i } });

        Assert.That(last.Json.GetProperty("history").GetArrayLength(), Is.EqualTo(20));
        Assert.That(last.Json.GetProperty("history")[0].GetProperty("revision").GetInt32(), Is.EqualTo(53));
        Assert.That(await ServiceFixture.Service.ScalarAsync($"SELECT count(*) FROM policy_overlays WHERE org_id = '{org}'"), Is.EqualTo(50));
    }
}
