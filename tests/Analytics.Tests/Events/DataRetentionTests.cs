using System.Net;

namespace PromptPlatform.Analytics.Tests.Events;

public sealed class DataRetentionTests
{
    private const string Path = "/v1/analytics/data-retention";
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task DataRetention_IsThatOfThePlatform_UntilTheOrganisationChooses_AndAgainAfterwards()
    {
        Guid org = Guid.NewGuid(), other = Guid.NewGuid();

        var before = await analytics.RestAsync(org, Path);
        var put = await analytics.CallAsync(org, "analytics:write", HttpMethod.Put, Path, """{"days":90}""");
        var again = await analytics.CallAsync(org, "analytics:write", HttpMethod.Put, Path, """{"days":30}""");
        var read = await analytics.RestAsync(org, Path);
        var others = await analytics.RestAsync(other, Path);
        var deleted = await analytics.CallAsync(org, "analytics:write", HttpMethod.Delete, Path, null);

        Assert.That(new[] { before, put, again, read, others, deleted }.Select(a => a.Json.GetRawText()), Is.EqualTo(new[]
        {
            """{"days":400,"chosen":false,"platformDays":400}""",
            """{"days":90,"chosen":true,"platformDays":400}""",
            """{"days":30,"chosen":true,"platformDays":400}""",
            """{"days":30,"chosen":true,"platformDays":400}""",
            """{"days":400,"chosen":false,"platformDays":400}""",
            """{"days":400,"chosen":false,"platformDays":400}""",
        }));
    }

    [TestCase("""{"days":0}""", "days")]
    [TestCase("""{"days":-7}""", "days")]
    [TestCase("""{"days":401}""", "days")]
    [TestCase("""{}""", "days")]
    [TestCase("""{"days":"many"}""", "days")]
    [TestCase("""{"days":1.5}""", "days")]
    [TestCase("""{"days":9999999999}""", "days")]
    [TestCase("""{"weeks":3}""", "weeks")]
    public async Task DataRetention_ThatIsWrong_Is400AndNamesTheField(string body, string field)
    {
        var (status, json) = await analytics.CallAsync(Guid.NewGuid(), "analytics:write", HttpMethod.Put, Path, body);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), json.GetRawText());
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/" + field));
    }

    [Test]
    public async Task DataRetention_ToBeWritten_NeedsItsScope()
    {
        var (status, _) = await analytics.CallAsync(Guid.NewGuid(), "analytics:read", HttpMethod.Put, Path, """{"days":30}""");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
