using System.Net;
using System.Text.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

public sealed class FeedbackTests
{
    [Test]
    public async Task Feedback_OfEveryField_IsGivenBackAndStandsInTheHistory()
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides.", variations = 2 }))["id"];

        var given = await http.GiveAsync(id, """{"rating":"up","stars":4,"chosenVariation":"var_2","correctedText":"Explain tides to me.","outcome":"completed","comment":"clear"}""");
        var read = (await http.ReadAsync("/v1/enhancements/" + id)).Json.GetProperty("feedback");

        Assert.That(given.Status, Is.EqualTo(HttpStatusCode.OK), given.Text);
        Assert.That(read.GetRawText(), Is.EqualTo(given.Json.GetRawText()));
        Assert.That(
            (read.Text("rating"), read.GetProperty("stars").GetInt32(), read.Text("chosenVariation"), read.Text("correctedText"), read.Text("outcome"), read.Text("comment")),
            Is.EqualTo(("up", 4, "var_2", "Explain tides to me.", "completed", "clear")));
        Assert.That(read.GetProperty("editableUntil").GetDateTimeOffset() - read.GetProperty("createdAt").GetDateTimeOffset(), Is.EqualTo(TimeSpan.FromDays(1)));
    }

    [Test]
    public async Task Feedback_MayBeChangedForADay_AndNoLonger()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var service = await EnhancementApplication.StartAsync(ServiceFixture.Errors, clock: clock);
        // Tokens last five minutes by the clock that is turned.
        var org = Guid.NewGuid();
        HttpClient Client() => service.Client(org, clock.GetUtcNow());
        string id = (await Client().EnhanceAsync(new { prompt = "Explain tides." }))["id"];
        await Client().GiveAsync(id, """{"rating":"up"}""");

        clock.Advance(TimeSpan.FromDays(1));
        var lastMoment = await Client().GiveAsync(id, """{"rating":"down"}""");
        clock.Advance(TimeSpan.FromSeconds(1));
        var late = await Client().GiveAsync(id, """{"rating":"up"}""");

        Assert.That(lastMoment.Status, Is.EqualTo(HttpStatusCode.OK), lastMoment.Text);
        Assert.That((late.Status, late["code"]), Is.EqualTo((HttpStatusCode.Conflict, "feedback_closed")), late.Text);
        Assert.That(late["detail"], Does.Contain("enhance the prompt again"));
        Assert.That((await Client().ReadAsync("/v1/enhancements/" + id)).Json.GetProperty("feedback").Text("rating"), Is.EqualTo("down"));
    }

    [Test]
    public async Task Feedback_ThatIsFirstGivenMuchLater_IsTaken()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var service = await EnhancementApplication.StartAsync(ServiceFixture.Errors, clock: clock);
        var org = Guid.NewGuid();
        string id = (await service.Client(org, clock.GetUtcNow()).EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        clock.Advance(TimeSpan.FromDays(30));
        var given = await service.Client(org, clock.GetUtcNow()).GiveAsync(id, """{"outcome":"failed"}""");

        Assert.That(given.Status, Is.EqualTo(HttpStatusCode.OK), given.Text);
    }

    [Test]
    public async Task Feedback_GivenOverAndOver_IsRefusedAtTheLimit()
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides." }))["id"];
        for (int i = 0; i < 20; i++)
            Assert.That((await http.GiveAsync(id, $$"""{"stars":{{(i % 5) + 1}}}""")).Status, Is.EqualTo(HttpStatusCode.OK));

        var refused = await http.GiveAsync(id, """{"stars":1}""");

        Assert.That((refused.Status, refused["code"]), Is.EqualTo((HttpStatusCode.Conflict, "feedback_limit")), refused.Text);
    }

    [Test]
    public async Task Feedback_GivenManyTimesAtOnce_IsOneOfThemOrAConflict()
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        var replies = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => http.GiveAsync(id, $$"""{"stars":{{i}}}""")));

        Assert.That(replies.Select(r => r.Status), Is.All.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Conflict).And.Some.EqualTo(HttpStatusCode.OK));
        long told = (long)(await ServiceFixture.Service.ScalarAsync($"SELECT count(*) FROM outbox WHERE type = 'feedback_submitted.v1' AND payload ->> 'enhancementId' = '{Guid.ParseExact(id[4..], "N")}'"))!;
        Assert.That(told, Is.EqualTo(replies.Count(r => r.Status == HttpStatusCode.OK)));
    }

    [TestCase("""{"chosenVariation":"var_3"}""", "/chosenVariation")]
    [TestCase("""{"chosenVariation":"VAR_1"}""", "/chosenVariation")]
    [TestCase("""{"chosenVariation":"' OR 1=1 --"}""", "/chosenVariation")]
    [TestCase("""{"chosenVariation":7}""", "/chosenVariation")]
    [TestCase("""{"rating":"UP"}""", "/rating")]
    [TestCase("""{"rating":true}""", "/rating")]
    [TestCase("""{"stars":0}""", "/stars")]
    [TestCase("""{"stars":6}""", "/stars")]
    [TestCase("""{"stars":-1}""", "/stars")]
    [TestCase("""{"stars":4.5}""", "/stars")]
    [TestCase("""{"stars":"many"}""", "/stars")]
    [TestCase("""{"outcome":"done"}""", "/outcome")]
    [TestCase("""{"comment":"a\u0000b"}""", "/comment")]
    [TestCase("""{"correctedText":"a\u0000b"}""", "/correctedText")]
    [TestCase("""{"mood":"good"}""", "/mood")]
    public async Task Feedback_WhenAFieldIsWrong_NamesIt(string body, string field)
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides.", variations = 2 }))["id"];

        var reply = await http.GiveAsync(id, body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply.Pointer, Is.EqualTo(field));
    }

    [TestCase("comment", 2000)]
    [TestCase("correctedText", 32768)]
    public async Task Feedback_WhenATextIsTooLong_IsRefusedWithItsLimit(string field, int limit)
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        var whole = await http.GiveAsync(id, $$"""{"{{field}}":"{{new string('x', limit)}}"}""");
        var over = await http.GiveAsync(id, $$"""{"{{field}}":"{{new string('x', limit + 1)}}"}""");

        Assert.That(whole.Status, Is.EqualTo(HttpStatusCode.OK), whole.Text);
        Assert.That((over.Status, over.Pointer), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "/" + field)), over.Text);
    }

    [Test]
    public async Task Feedback_WithoutItsScope_IsForbidden()
    {
        var org = Guid.NewGuid();
        string id = (await ServiceFixture.Service.Client(org).EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        var reply = await ServiceFixture.Service.Client(org, "enhance history:read history:write").GiveAsync(id, """{"rating":"up"}""");

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}

internal static class FeedbackRequests
{
    public static Task<Reply> GiveAsync(this HttpClient http, string id, string body) => http.PostAsync($"/v1/enhancements/{id}/feedback", body);

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
