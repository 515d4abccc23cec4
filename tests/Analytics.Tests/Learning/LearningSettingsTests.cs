using System.Net;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>Switching, resetting, and what Enhancement gets of it.</summary>
public sealed class LearningSettingsTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Personalisation_IsOffUntilItIsSwitchedOn()
    {
        var org = Guid.NewGuid();

        var (_, before) = await analytics.SettingsAsync(org);
        var (status, switched) = await analytics.SettingsAsync(org, """{"personalization":true}""");
        var (_, after) = await analytics.SettingsAsync(org);

        Assert.That(before.GetProperty("personalization").GetBoolean(), Is.False);
        Assert.That((status, switched.GetProperty("personalization").GetBoolean(), after.ToString()), Is.EqualTo((HttpStatusCode.OK, true, switched.ToString())));
        Assert.That((after.GetProperty("updatedBy").GetString(), after.TryGetProperty("resetAt", out _)), Is.EqualTo(("key_" + org.ToString("N"), false)));
    }

    [TestCase("{}", "/personalization")]
    [TestCase("""{"personalization":"yes"}""", "/personalization")]
    [TestCase("""{"personalisation":true}""", "/personalisation")]
    public async Task Settings_ThatAreWrong_NameTheField(string body, string field)
    {
        var (status, json) = await analytics.SettingsAsync(Guid.NewGuid(), body);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), json.ToString());
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(field));
    }

    [TestCase("learning:read", "PUT", "/v1/learning/settings")]
    [TestCase("learning:read", "POST", "/v1/learning:reset")]
    [TestCase("analytics:read", "GET", "/v1/learning/effectiveness")]
    public async Task Call_WithoutItsScope_IsForbidden(string scopes, string verb, string path) =>
        Assert.That((await analytics.CallAsync(Guid.NewGuid(), scopes, new HttpMethod(verb), path, verb == "GET" ? null : """{}""")).Status, Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    public async Task Reset_LetsOnlyLaterEnhancementsCount_AndLeavesTheFacts()
    {
        var (org, neighbour) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var owner in new[] { org, neighbour })
            await analytics.DeliverAsync(Judged.Enhancement(owner, "2026-03-09T10:00:00Z", "up", ["few-shot"]));

        var (status, settings) = await analytics.CallAsync(org, "learning:write", HttpMethod.Post, "/v1/learning:reset", "{}");
        var reset = settings.GetProperty("resetAt").GetDateTimeOffset();
        await analytics.DeliverAsync(Judged.Enhancement(org, reset.AddSeconds(1).ToString("O"), "down", ["few-shot"]));
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-09T11:00:00Z", "up", ["few-shot"]));

        var found = (await analytics.EffectivenessAsync(org)).Single();
        Assert.That((status, reset), Is.EqualTo((HttpStatusCode.OK, analytics.Clock.GetUtcNow())));
        Assert.That((found.Number("outcomes"), found.Number("successes")), Is.EqualTo((1.0, 0.0)), "what was made before does not count, even where it comes late");
        Assert.That((await analytics.EffectivenessAsync(neighbour)).Single().Number("outcomes"), Is.EqualTo(1));
        Assert.That((await analytics.UsageAsync(org, "2026-03-09", "2026-03-09")).Single().FeedbackUp, Is.EqualTo(2));
    }

    [Test]
    public async Task Snapshot_OfAnOrganisationThatIsOff_TellsNothing()
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:00:00Z", "up", ["few-shot"]));

        var snapshot = (await analytics.SnapshotsAsync(Known(org))).Organizations.Single();

        Assert.That(snapshot, Is.EqualTo(new OrganizationSnapshot { OrganizationId = org.ToString("N") }));
    }

    [Test]
    public async Task Snapshot_CarriesWhatIsLearned_AndOnlyWhereItChanged()
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:00:00Z", "up", ["few-shot"]));
        await analytics.SettingsAsync(org, """{"personalization":true}""");

        var first = (await analytics.SnapshotsAsync(Known(org))).Organizations.Single();
        var again = (await analytics.SnapshotsAsync(Known(org, first.Version))).Organizations.Single();
        await analytics.DeliverAsync(Judged.Enhancement(org, "2026-03-01T10:01:00Z", "up", ["few-shot"]));
        var changed = (await analytics.SnapshotsAsync(Known(Guid.NewGuid()), Known(org, first.Version))).Organizations[1];

        var share = first.Shares.Single(s => s.Technique == "few-shot" && s.Intent == "code_debugging" && s.Target == "claude");
        Assert.That((share.Outcomes, share.Alpha + share.Beta), Is.EqualTo((1.0, share.PriorWeight + 1)));
        Assert.That(first.Shares.Count(s => s.Technique == "few-shot" && s.Intent.Length == 0), Is.EqualTo(1), "what to believe elsewhere");
        Assert.That((again.Unchanged, again.Version, again.Shares.Count), Is.EqualTo((true, first.Version, 0)));
        Assert.That((changed.Unchanged, changed.Version == first.Version), Is.EqualTo((false, false)));
    }

    [Test]
    public void Snapshot_OfWhatIsNoOrganisation_NamesTheField()
    {
        var refusal = Assert.ThrowsAsync<Grpc.Core.RpcException>(() => analytics.SnapshotsAsync(new KnownSnapshot { OrganizationId = "x" }))!;

        Assert.That(refusal.StatusCode, Is.EqualTo(Grpc.Core.StatusCode.InvalidArgument));
        Assert.That(refusal.Status.Detail, Does.Contain("organizations/0/organizationId"));
    }

    private static KnownSnapshot Known(Guid org, string version = "") => new() { OrganizationId = org.ToString("N"), Version = version };
}
