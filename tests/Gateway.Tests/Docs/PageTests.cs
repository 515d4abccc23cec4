using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PromptPlatform.Gateway.Docs;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Gateway.Tests.Docs;

internal sealed partial class PageTests : GatewayTest
{
    [TestCase("/docs")]
    [TestCase("/docs/errors")]
    [TestCase("/docs/errors/rate_limited")]
    public async Task Page_LoadsNothingFromElsewhere(string path)
    {
        var response = await Gateway.GetAsync(path);
        string page = await response.Content.ReadAsStringAsync();

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
        Assert.That(External().Matches(page), Is.Empty);
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Not.Contain("unsafe").And.Not.Contain("http"));
    }

    [Test]
    public async Task Page_ListsEveryOperation()
    {
        string page = await (await Gateway.GetAsync("/docs")).Content.ReadAsStringAsync();

        foreach (var operation in PublicOperation.All)
            Assert.That(page, Does.Contain($"<article id=\"{OperationText.IdOf(operation)}\""));
    }

    [Test]
    public async Task Page_AskedForAgain_IsNotSentAgain()
    {
        var first = await Gateway.GetAsync("/docs");
        var request = Gateway.Request(HttpMethod.Get, "/docs");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.That((int)(await Gateway.SendAsync(request)).StatusCode, Is.EqualTo(304));
    }

    [Test]
    public async Task ErrorPage_OfAnUnknownCode_Is404()
    {
        await ProblemAsync(await Gateway.GetAsync("/docs/errors/nothing"), 404, "not_found");
    }

    [Test]
    public void ErrorPages_ExplainEveryCodeThatAStatusHas()
    {
        var codes = Enumerable.Range(400, 200).Select(FaultStatus.CodeOf).Distinct();

        Assert.That(codes.Except(ErrorPages.Codes), Is.Empty);
    }

    [Test]
    public async Task OpenApi_IsServed()
    {
        var response = await Gateway.GetAsync("/openapi/v1.json");

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(new OpenApiDocument().Bytes));
    }

    [TestCase("text/html", 302)]
    [TestCase("application/json", 200)]
    public async Task Root_LeadsToTheDocs(string accept, int status)
    {
        var request = Gateway.Request(HttpMethod.Get, "/");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));

        Assert.That((int)(await Gateway.SendAsync(request)).StatusCode, Is.EqualTo(status));
    }

    [GeneratedRegex("(src|href)=\"(https?:)?//|url\\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex External();
}
