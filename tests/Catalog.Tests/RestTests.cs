using System.Net;
using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

public sealed class RestTests
{
    [Test]
    public async Task GetTechnique_AnswersInThePublicForm()
    {
        var (status, json) = await CatalogFixture.Catalog.RestAsync("/v1/techniques/clarifying-questions");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(json.GetProperty("applyMode").GetString(), Is.Not.Empty);
        Assert.That(json.GetProperty("evidence").GetProperty("figure").GetString(), Does.Contain("Pass@1"));
        Assert.That(json.GetProperty("conflictsWith").GetArrayLength(), Is.Not.Negative);
    }

    [Test]
    public async Task GetTechnique_WhoseFigureWasOnlyQuotedByOthers_ShowsNone()
    {
        var technique = await CatalogFixture.Catalog.GetAsync("system-2-attention");

        Assert.That(technique.Evidence.HasFigure, Is.False);
        Assert.That(technique.Evidence.Arxiv, Is.EqualTo("2311.11829"));
    }

    [TestCase("/v1/techniques/no-such-technique")]
    [TestCase("/v1/techniques/%27%20OR%201%3D1")]
    [TestCase("/v1/techniques/UPPER")]
    public async Task GetTechnique_WhenThereIsNone_Is404(string path)
    {
        var (status, json) = await CatalogFixture.Catalog.RestAsync(path);

        Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(json.GetProperty("code").GetString(), Is.EqualTo("not_found"));
    }

    [TestCase("family=nope", "family", "zero-shot")]
    [TestCase("intent=nope", "intent", "code_generation")]
    [TestCase("applyMode=nope", "applyMode", "scaffold")]
    [TestCase("limit=0x", "limit", "")]
    [TestCase("limit=101", "limit", "1 to 100")]
    [TestCase("limit=-1", "limit", "1 to 100")]
    [TestCase("cursor=%21", "cursor", "nextCursor")]
    [TestCase("cursor=YWJj", "cursor", "nextCursor")]
    [TestCase("query=%00", "query", "NUL")]
    [TestCase("colour=red", "colour", "")]
    [TestCase("apply_mode=inline", "apply_mode", "")]
    [TestCase("family=safety&family=safety", "family", "")]
    public async Task ListTechniques_WithAWrongParameter_Is400AndNamesIt(string query, string field, string cure)
    {
        var (status, json) = await CatalogFixture.Catalog.RestAsync("/v1/techniques?" + query);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
        Assert.That(json.GetProperty("detail").GetString(), Does.Contain(cure));
    }

    [TestCase(200, HttpStatusCode.OK)]
    [TestCase(201, HttpStatusCode.BadRequest)]
    public async Task ListTechniques_TakesTextOfUpTo200Characters(int length, HttpStatusCode expected)
    {
        var (status, _) = await CatalogFixture.Catalog.RestAsync("/v1/techniques?query=" + new string('a', length));

        Assert.That(status, Is.EqualTo(expected));
    }

    [Test]
    public async Task ListTechniques_WithACursorOfAnotherQuery_Is400()
    {
        string cursor = (await CatalogFixture.Catalog.ListAsync(new() { Limit = 1 })).NextCursor;

        var (status, json) = await CatalogFixture.Catalog.RestAsync($"/v1/techniques?family=safety&cursor={cursor}");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("detail").GetString(), Does.Contain("another query"));
    }

    [Test]
    public async Task ListTechniques_WithoutTheScope_Is403()
    {
        var (status, _) = await CatalogFixture.Catalog.RestAsync("/v1/techniques", scopes: "history:read");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task ListTechniques_WithoutAToken_Is401()
    {
        using var http = CatalogFixture.Catalog.Host.Http();

        using var answer = await http.GetAsync("/v1/techniques").WithinAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }
}
