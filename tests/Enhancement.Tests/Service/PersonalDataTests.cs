using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

public sealed class PersonalDataTests
{
    private readonly EnhancementApplication enhancement = ServiceFixture.Service;
    private Guid org;

    [SetUp]
    public void TakeOrganization() => org = Guid.NewGuid();

    [Test]
    public async Task Export_HoldsPromptsAndFeedbackInTheClear()
    {
        using var http = enhancement.Client(org);
        await JudgedAsync(http, "write a poem about the canary of ann", "the comment of ann");
        var request = new AccountExportRequested(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid());

        var receipt = await HandleAsync(request);
        using var owner = enhancement.Client(org, "account:write");
        var file = await owner.ReadAsync($"/v1/account/data-requests/dr_{request.RequestId:N}/enhancement");

        Assert.That(receipt.Data.Where(d => d.Rows > 0).Select(d => (d.What, d.Rows)), Is.EquivalentTo(new[] { ("feedback", 1), ("enhancements", 1) }));
        Assert.That(file.Text, Does.Contain("the canary of ann").And.Contain("the comment of ann"));
        Assert.That(file.Text.TrimEnd('\n').Split('\n').Select(l => JsonElement.Parse(l).GetProperty("kind").GetString()), Is.EquivalentTo(new[] { "feedback", "enhancements" }));
    }

    [Test]
    public async Task Erasure_TakesTextsKeysAndStoredAnswers()
    {
        var other = Guid.NewGuid();
        using var http = enhancement.Client(org);
        using var theirs = enhancement.Client(other);
        string id = await JudgedAsync(http, "write a poem about the sea", "good");
        await theirs.EnhanceAsync(new { prompt = "write a poem about the wind" });
        await http.EnhanceAsync(new { prompt = "write a poem about the sky" }, "kept");

        var receipt = await HandleAsync(new AccountErased(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid()));

        Assert.That(receipt.Data.ToDictionary(d => d.What, d => d.Rows), Is.SupersetOf(new Dictionary<string, long> { ["enhancements"] = 2, ["feedback"] = 1, ["stored_answers"] = 1 }));
        Assert.That((await http.ReadAsync($"/v1/enhancements/{id}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await http.EnhanceAsync(new { prompt = "write a poem about the sky" }, "kept")).Status, Is.EqualTo(HttpStatusCode.NotFound), "an erased answer is not made again");
        Assert.That(await enhancement.ScalarAsync($"SELECT count(*) FROM data_keys WHERE org_id = '{org}'"), Is.Zero);
        Assert.That((await theirs.ReadAsync("/v1/enhancements")).Json.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task AnEndUser_IsExportedAndErased_AndNobodyElse()
    {
        using var http = enhancement.Client(org);
        string anns = (await http.EnhanceAsync(new { prompt = "write a poem about the canary of ann", metadata = new { user = "ann" } }))["id"];
        await http.PostAsync($"/v1/enhancements/{anns}/feedback", """{"rating":"up"}""");
        string bobs = (await http.EnhanceAsync(new { prompt = "write a poem about the dog of bob", metadata = new { user = "bob" } }))["id"];
        var export = new AccountExportRequested(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid(), "ann");

        await HandleAsync(export);
        using var owner = enhancement.Client(org, "account:write");
        var file = await owner.ReadAsync($"/v1/account/data-requests/dr_{export.RequestId:N}/enhancement");
        var receipt = await HandleAsync(new AccountErased(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid(), "ann"));

        Assert.That(file.Text, Does.Contain("the canary of ann").And.Not.Contain("the dog of bob"));
        Assert.That(receipt.Data.ToDictionary(d => d.What, d => d.Rows), Is.SupersetOf(new Dictionary<string, long> { ["enhancements"] = 1, ["feedback"] = 1 }));
        Assert.That((await http.ReadAsync($"/v1/enhancements/{anns}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await http.ReadAsync($"/v1/enhancements/{bobs}")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Erasure_OfACaller_TakesWhatItAskedFor()
    {
        using var http = enhancement.Client(org);
        await http.EnhanceAsync(new { prompt = "write a poem about the moon" });
        var caller = (string)(await enhancement.ScalarAsync($"SELECT actor FROM enhancements WHERE org_id = '{org}'"))!;

        var receipt = await HandleAsync(new AccountErased(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid(), caller));

        Assert.That(receipt.Data.Single(d => d.What == "enhancements").Rows, Is.EqualTo(1));
        Assert.That((await http.ReadAsync("/v1/enhancements")).Json.GetProperty("data").GetArrayLength(), Is.Zero);
    }

    private static async Task<string> JudgedAsync(HttpClient http, string prompt, string comment)
    {
        string id = (await http.EnhanceAsync(new { prompt }))["id"];
        var judged = await http.PostAsync($"/v1/enhancements/{id}/feedback", JsonSerializer.Serialize(new { rating = "up", comment }));
        Assert.That(judged.Status, Is.EqualTo(HttpStatusCode.OK), judged.Text);
        return id;
    }

    private async Task<PersonalDataHandled> HandleAsync(IDataRequestEvent request)
    {
        foreach (var subscription in enhancement.Host.Services.GetServices<EventSubscription>())
            await subscription.DeliverAsync(request, CancellationToken.None).WithinAsync();
        for (int i = 0; i < 300; i++)
        {
            if (await enhancement.ScalarAsync($"SELECT payload::text FROM outbox WHERE type = 'personal_data_handled.v1' AND payload->>'requestId' = '{request.RequestId}'") is string payload)
                return (PersonalDataHandled)EventTypes.Read("personal_data_handled.v1", payload)!;
            await Task.Delay(100);
        }
        throw new AssertionException("no receipt came");
    }
}
