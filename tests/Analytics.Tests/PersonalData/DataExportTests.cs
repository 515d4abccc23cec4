using System.Net;
using System.Text.Json;

namespace PromptPlatform.Analytics.Tests.PersonalData;

internal sealed class DataExportTests : PersonalDataTest
{
    [Test]
    public async Task Export_OfAnActor_HoldsTheirRowsAlone()
    {
        await SendAsync("ann", 2);
        await SendAsync("bob");
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z") with { Actor = "ann" });
        var request = ExportRequested("ann");

        var receipt = await HandleAsync(request);
        var (status, body) = await DownloadAsync(request.RequestId);

        var lines = body.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line)).ToList();
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(lines.Select(l => (l.GetProperty("service").GetString(), l.GetProperty("kind").GetString())), Is.EquivalentTo(new[] { ("analytics", "events"), ("analytics", "events"), ("analytics", "enhancement_facts") }));
        Assert.That(lines.Select(l => l.GetProperty("data").GetProperty("actor").GetString()), Is.All.EqualTo("ann"));
        Assert.That((RowsOf(receipt, "events"), RowsOf(receipt, "enhancement_facts")), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task Export_OfMoreThanAPage_HoldsEveryRowOnce()
    {
        for (int i = 0; i < 3; i++)
            await SendAsync("ann", 700);
        var request = ExportRequested();

        await HandleAsync(request);
        var (_, body) = await DownloadAsync(request.RequestId);

        var ids = body.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line).GetProperty("data").GetProperty("event_id").GetString()).ToList();
        Assert.That(ids, Has.Count.EqualTo(2100).And.Unique);
    }

    [Test]
    public async Task Export_OfTheOrganisation_TellsNoSecret()
    {
        var (status, made) = await Analytics.CallAsync(Org, "webhooks:write", HttpMethod.Post, "/v1/webhooks", """{ "url": "https://example.com/hook", "events": ["*"] }""");
        var request = ExportRequested();

        var receipt = await HandleAsync(request);
        var (_, body) = await DownloadAsync(request.RequestId);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), made.ToString());
        Assert.That(RowsOf(receipt, "webhooks"), Is.EqualTo(1));
        Assert.That(body, Does.Contain("https://example.com/hook").And.Not.Contain("secret\""));
    }

    [Test]
    public async Task Export_OfNothing_IsAnEmptyFile()
    {
        var request = ExportRequested("nobody");

        await HandleAsync(request);

        Assert.That(await DownloadAsync(request.RequestId), Is.EqualTo((HttpStatusCode.OK, "")));
    }

    [Test]
    public async Task Export_OfAnotherOrganisation_IsNotFound()
    {
        var request = ExportRequested();
        await HandleAsync(request);

        Assert.That((await DownloadAsync(request.RequestId, Guid.NewGuid())).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Export_AfterSevenDays_IsGone()
    {
        await SendAsync("ann");
        var request = ExportRequested();
        await HandleAsync(request);

        Analytics.Clock.Advance(TimeSpan.FromDays(7));
        await TurnUntilAsync(async () => (await DownloadAsync(request.RequestId)).Status == HttpStatusCode.NotFound);

        Assert.That(await CountAsync("personal_data_parts"), Is.Zero);
    }

    [Test]
    public async Task Erasure_OfAnActor_TakesExportsThatHoldTheirData()
    {
        await SendAsync("ann");
        var request = ExportRequested();
        await HandleAsync(request);

        var receipt = await HandleAsync(Erased("ann"));

        Assert.That(RowsOf(receipt, "exports"), Is.EqualTo(1));
        Assert.That((await DownloadAsync(request.RequestId)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Export_AfterTheErasure_IsEmpty()
    {
        await SendAsync("ann");
        await HandleAsync(Erased("ann"));
        var request = ExportRequested("ann");

        var receipt = await HandleAsync(request);

        Assert.That(receipt.Data.Sum(d => d.Rows), Is.Zero);
    }
}
