using System.Net;
using PromptPlatform.Analytics.Webhooks;

namespace PromptPlatform.Analytics.Tests.Webhooks;

internal sealed class WebhookApiTests : WebhookTest
{
    [Test]
    public async Task Create_ShowsTheSecretOnce()
    {
        var (path, secret) = await CreateAsync();

        var (status, json) = await GetAsync(path);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(secret, Does.Match("^whsec_[A-Za-z0-9_-]{43}$"));
        Assert.That(json.ToString(), Does.Not.Contain(secret));
    }

    [Test]
    public async Task Create_WithAnIdempotencyKey_IsRepeatedWithTheSameSecretAndMakesOne()
    {
        var body = new { url = Endpoint.Url, events = new[] { "*" } };

        var first = await PostAsync("/v1/webhooks", body, ("Idempotency-Key", "k1"));
        var second = await PostAsync("/v1/webhooks", body, ("Idempotency-Key", "k1"));

        Assert.That(second.Json.GetProperty("secret").GetString(), Is.EqualTo(first.Json.GetProperty("secret").GetString()));
        Assert.That((await GetAsync("/v1/webhooks")).Json.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("", "url", "is empty")]
    [TestCase("example.com/hook", "url", "no absolute URL")]
    [TestCase("http://example.com/hook", "url", "https://")]
    [TestCase("ftp://example.com/hook", "url", "https://")]
    [TestCase("https://user:secret@example.com/hook", "url", "password")]
    [TestCase("https://example.com/hook#part", "url", "fragment")]
    [TestCase("https://10.0.0.1/hook", "url", "public internet")]
    [TestCase("https://169.254.169.254/latest/meta-data", "url", "public internet")]
    [TestCase("https://[::ffff:10.0.0.1]/hook", "url", "public internet")]
    [TestCase("https://0x0a000001/hook", "url", "public internet")]
    [TestCase("https://167772161/hook", "url", "public internet")]
    [TestCase("https://metadata.google.internal./hook", "url", "public internet")]
    [TestCase("https://printer.local/hook", "url", "public internet")]
    public async Task Create_WithABadUrl_IsRefusedNamingFieldAndCure(string url, string field, string cure)
    {
        var (status, json) = await PostAsync("/v1/webhooks", new { url, events = new[] { "*" } });

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), json.ToString());
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
        Assert.That(json.GetProperty("detail").GetString(), Does.Contain(cure).And.Not.Contain("secret@"));
    }

    [Test]
    public async Task Create_WithBadEvents_IsRefusedNamingTheEntryAndTheChoice()
    {
        var (unknown, unknownJson) = await PostAsync("/v1/webhooks", new { url = Endpoint.Url, events = new[] { "prompt_enhanced", "promt_enhanced" } });
        var (none, noneJson) = await PostAsync("/v1/webhooks", new { url = Endpoint.Url });
        var (mixed, _) = await PostAsync("/v1/webhooks", new { url = Endpoint.Url, events = new[] { "*", "prompt_enhanced" } });

        Assert.That(new[] { unknown, none, mixed }, Is.All.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(unknownJson.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/events/1"));
        Assert.That(noneJson.GetProperty("detail").GetString(), Does.Contain("feedback_submitted, prompt_enhanced").Or.Contain("prompt_enhanced, feedback_submitted"));
    }

    [Test]
    public async Task Create_WithTooLongTexts_IsRefusedNamingTheField()
    {
        var (status, json) = await PostAsync("/v1/webhooks", new { url = Endpoint.Url, events = new[] { "*" }, description = new string('x', 201) });
        var (longUrl, _) = await PostAsync("/v1/webhooks", new { url = "https://example.com/" + new string('x', 2048), events = new[] { "*" } });

        Assert.That(new[] { status, longUrl }, Is.All.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/description"));
    }

    [Test]
    public async Task Create_OfAThousand_StopsAtTheLimitAndSaysTheCure()
    {
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 1000 / 4; i++)
            statuses.AddRange((await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync("/v1/webhooks", new { url = Endpoint.Url, events = new[] { "*" } })))).Select(a => a.Status));

        var (last, json) = await PostAsync("/v1/webhooks", new { url = Endpoint.Url, events = new[] { "*" } });

        Assert.That(last, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(json.GetProperty("code").GetString(), Is.EqualTo("too_many_webhooks"));
        Assert.That(json.GetProperty("detail").GetString(), Does.Contain("delete one"));
        // Of those that come at the same time one too many may slip in.
        Assert.That(statuses.Count(s => s == HttpStatusCode.OK), Is.InRange(100, 103));
    }

    [Test]
    public async Task List_GoesPageByPage()
    {
        for (int i = 0; i < 3; i++)
        {
            await CreateAsync();
            Analytics.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var first = (await GetAsync("/v1/webhooks?limit=2")).Json;
        var second = (await GetAsync("/v1/webhooks?limit=2&cursor=" + first.GetProperty("nextCursor").GetString())).Json;

        var ids = first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(w => w.GetProperty("id").GetString()).ToList();
        Assert.That((first.GetProperty("hasMore").GetBoolean(), second.GetProperty("hasMore").GetBoolean()), Is.EqualTo((true, false)));
        Assert.That(ids, Has.Count.EqualTo(3).And.Unique.And.Ordered.Descending);
    }

    [Test]
    public async Task Webhook_OfAnotherOrganisation_IsNotThere()
    {
        var (path, _) = await CreateAsync();
        var stranger = Guid.NewGuid();

        Assert.That((await GetAsync(path, stranger)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await GetAsync(path + "/deliveries", stranger)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await DeleteAsync(path, stranger)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await GetAsync("/v1/webhooks", stranger)).Json.GetProperty("data").GetArrayLength(), Is.Zero);
        Assert.That((await GetAsync(path)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("webhooks:read", "POST")]
    [TestCase("analytics:read", "GET")]
    public async Task Call_WithoutTheScope_IsForbidden(string scopes, string verb)
    {
        var (status, _) = await Analytics.CallAsync(Org, scopes, new HttpMethod(verb), "/v1/webhooks", verb == "POST" ? "{}" : null);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Update_ChangesWhatIsGivenAndNothingElse()
    {
        var (path, _) = await CreateAsync(null, "prompt_enhanced");

        var (status, json) = await PatchAsync(path, new { description = "for billing" });

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((json.GetProperty("description").GetString(), json.GetProperty("url").GetString(), json.GetProperty("events")[0].GetString()), Is.EqualTo(("for billing", Endpoint.Url, "prompt_enhanced")));
    }

    [Test]
    public async Task Test_WithoutABody_IsDone()
    {
        var (path, _) = await CreateAsync();

        var (status, _) = await Analytics.CallAsync(Org, "webhooks:write", HttpMethod.Post, path + ":test");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("{}")]
    [TestCase("""{"events":[]}""")]
    public async Task Update_OfNothing_IsRefusedAndSaysWhatCanBeSent(string body)
    {
        var (path, _) = await CreateAsync();

        var (status, json) = await Analytics.CallAsync(Org, "webhooks:write", HttpMethod.Patch, path, body);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("detail").GetString(), Does.Contain("events (at least one)"));
    }

    [Test]
    public async Task Update_FromAnOldState_Is412()
    {
        var (path, _) = await CreateAsync();

        var (fresh, _) = await PatchAsync(path, new { description = "one" }, ("If-Match", "\"1\""));
        var (stale, _) = await PatchAsync(path, new { description = "two" }, ("If-Match", "\"1\""));

        Assert.That((fresh, stale), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed)));
    }

    [Test]
    public async Task Delete_TakesTheLogAndWhatWaitsWithIt()
    {
        var (path, _) = await CreateAsync();
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        var (status, _) = await DeleteAsync(path);
        await SendDueAsync();

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await GetAsync(path + "/deliveries")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Endpoint.Events, Is.Empty);
    }

    [Test]
    public async Task Rotate_SignsByBothSecretsUntilTheOldOneEnds()
    {
        var (path, old) = await CreateAsync();
        var rotated = (await PostAsync(path + ":rotate-secret", new { overlapSeconds = 60 })).Json;
        string fresh = rotated.GetProperty("secret").GetString()!;

        await PostAsync(path + ":test", new { });
        await SendDueAsync();
        var during = Analytics.Clock.GetUtcNow();
        Analytics.Clock.Advance(TimeSpan.FromSeconds(61));
        await PostAsync(path + ":test", new { });
        await SendDueAsync();

        var events = Endpoint.Events;
        Assert.That(events[0].Signature, Is.EqualTo(WebhookSignature.Write([fresh, old], during, events[0].Body)));
        Assert.That(events[1].Signature, Is.EqualTo(WebhookSignature.Write([fresh], Analytics.Clock.GetUtcNow(), events[1].Body)));
        Assert.That(events[0].Type, Is.EqualTo("webhook_test"));
    }

    [TestCase(-1)]
    [TestCase(604_801)]
    public async Task Rotate_WithABadOverlap_IsRefused(int seconds)
    {
        var (path, _) = await CreateAsync();

        var (status, json) = await PostAsync(path + ":rotate-secret", new { overlapSeconds = seconds });

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/overlapSeconds"));
    }
}
