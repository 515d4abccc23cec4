using System.Net;
using Npgsql;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

public sealed class HistoryTests
{
    [Test]
    public async Task Get_GivesWhatWasAnswered()
    {
        var http = ServiceFixture.Service.Client();
        var made = await http.EnhanceAsync(new { prompt = "Explain tides to a sailor." });

        var read = await http.ReadAsync("/v1/enhancements/" + made["id"]);

        Assert.That(read["enhanced"], Is.EqualTo(made["enhanced"]));
        Assert.That(read["applied"], Is.EqualTo(made["applied"]));
    }

    [Test]
    public async Task Get_OfAnotherOrganisation_IsNotFound()
    {
        string id = (await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        var other = ServiceFixture.Service.Client();

        Assert.That((await other.ReadAsync("/v1/enhancements/" + id)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await other.EraseAsync("/v1/enhancements/" + id)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await other.PostAsync($"/v1/enhancements/{id}/feedback", """{"rating":"up"}""")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task List_InPages_IsTheWholeHistoryNewestFirst()
    {
        var http = ServiceFixture.Service.Client();
        var made = new List<string>();
        for (int i = 0; i < 7; i++)
            made.Add((await http.EnhanceAsync(new { prompt = $"Explain tide {i}." }))["id"]);

        var listed = new List<string>();
        string cursor = "";
        Reply page;
        do
        {
            page = await http.ReadAsync($"/v1/enhancements?limit=3&cursor={cursor}");
            listed.AddRange(page.Json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            cursor = page.Json.TryGetProperty("nextCursor", out var next) ? next.GetString()! : "";
        }
        while (page.Json.GetProperty("hasMore").GetBoolean());

        Assert.That(listed, Is.EquivalentTo(made));
        Assert.That(listed, Is.Unique);
    }

    [Test]
    public async Task Feedback_SentAgain_Replaces()
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        var first = await http.PostAsync($"/v1/enhancements/{id}/feedback", """{"rating":"up","stars":4,"comment":"clear"}""");
        var second = await http.PostAsync($"/v1/enhancements/{id}/feedback", """{"rating":"down"}""");
        var read = (await http.ReadAsync("/v1/enhancements/" + id)).Json.GetProperty("feedback");

        Assert.That((first.Status, second.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)), first.Text + second.Text);
        Assert.That(first["comment"], Is.EqualTo("clear"));
        Assert.That(read.GetProperty("rating").GetString(), Is.EqualTo("down"));
        Assert.That(read.TryGetProperty("stars", out _), Is.False);
    }

    [TestCase("""{}""", "/rating")]
    [TestCase("""{"rating":"sideways"}""", "/rating")]
    [TestCase("""{"stars":6}""", "/stars")]
    [TestCase("""{"chosenVariation":"var_9"}""", "/chosenVariation")]
    [TestCase("""{"outcome":"maybe"}""", "/outcome")]
    public async Task Feedback_WhenAFieldIsWrong_NamesIt(string body, string field)
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(new { prompt = "Explain tides." }))["id"];

        var reply = await http.PostAsync($"/v1/enhancements/{id}/feedback", body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply.Pointer, Is.EqualTo(field));
    }

    [Test]
    public async Task Database_HoldsNoPromptTextInTheClear()
    {
        var http = ServiceFixture.Service.Client();
        const string secret = "xylophone zeppelin";
        string id = (await http.EnhanceAsync(new { prompt = $"Explain the {secret}." }, "key-" + Guid.NewGuid()))["id"];
        await http.PostAsync($"/v1/enhancements/{id}/feedback", $$"""{"comment":"about {{secret}}","correctedText":"{{secret}}"}""");

        string dump = await DumpAsync().WithinAsync();

        Assert.That(dump, Does.Contain(id[4..12]));
        Assert.That(dump, Does.Not.Contain("xylophone"));
    }

    // Every row of every table as text, by the superuser, whom no policy binds; bytea as hexadecimal digits is searched too.
    private static async Task<string> DumpAsync()
    {
        string database = new NpgsqlConnectionStringBuilder(ServiceFixture.Service.Host.Database.AppConnectionString).Database!;
        string admin = new NpgsqlConnectionStringBuilder(await PostgresServer.AdminAsync()) { Database = database }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(admin);
        var dump = new System.Text.StringBuilder();
        foreach (string table in new[] { "enhancements", "feedback", "outbox", "idempotency_keys" })
        {
            await using var command = source.CreateCommand($"SELECT t::text FROM {table} t");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                dump.AppendLine(reader.GetString(0));
        }
        return dump.Replace(Convert.ToHexString("xylophone"u8).ToLowerInvariant(), "xylophone").ToString();
    }
}
