using System.Text.Json;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>What the service tells the others.</summary>
public sealed class NewsTests
{
    [Test]
    public async Task Enhancement_IsToldWithWhoAskedItsWordsAndItsCost()
    {
        var made = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = "Explain tides to a sailor.", target = new { model = "gpt-5" }, variations = 1 });

        var news = await NewsAsync("prompt_enhanced.v1", made["id"]);

        double cost = made.Json.GetProperty("usage").GetProperty("cost").GetProperty("after").GetDouble();
        Assert.That(cost, Is.GreaterThan(0));
        Assert.That(news.GetProperty("costUsd").GetDouble(), Is.EqualTo(cost));
        Assert.That(news.GetProperty("words").GetInt32(), Is.EqualTo(5));
        Assert.That(news.GetProperty("changed").GetBoolean(), Is.EqualTo(made["original"] != made["enhanced"]));
        Assert.That(news.GetProperty("variations").GetInt32(), Is.EqualTo(made.Json.GetProperty("variations").GetArrayLength()));
        Assert.That(news.GetProperty("actor").GetString(), Does.StartWith("key_"));
    }

    [Test]
    public async Task Enhancement_OfATargetWithoutAPrice_IsToldWithoutCost()
    {
        var made = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = "Explain tides to a sailor." });

        var news = await NewsAsync("prompt_enhanced.v1", made["id"]);

        Assert.That(news.GetProperty("costUsd").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Feedback_IsToldWithoutItsTexts()
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides to a sailor.", variations = 1 }))["id"];
        await http.PostAsync($"/v1/enhancements/{id}/feedback", """{"stars":4,"correctedText":"zeppelin","comment":"zeppelin","chosenVariation":"var_1"}""");

        var news = await NewsAsync("feedback_submitted.v1", id);

        Assert.That(news.GetRawText(), Does.Not.Contain("zeppelin"));
        Assert.That(news.GetProperty("corrected").GetBoolean(), Is.True);
        Assert.That(news.GetProperty("chosenVariation").GetString(), Is.EqualTo("var_1"));
        Assert.That(news.GetProperty("actor").GetString(), Does.StartWith("key_"));
    }

    private static async Task<JsonElement> NewsAsync(string type, string id)
    {
        string uuid = Guid.ParseExact(id[4..], "N").ToString();
        object? payload = await ServiceFixture.Service.ScalarAsync($"SELECT payload::text FROM outbox WHERE type = '{type}' AND payload ->> 'enhancementId' = '{uuid}'");
        return JsonDocument.Parse((string)payload!).RootElement;
    }
}
