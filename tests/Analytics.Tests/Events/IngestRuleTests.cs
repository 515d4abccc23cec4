using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Tests.Events;

/// <summary>The published rules of ingestion, ing-1 to ing-5 of the reference cases, as this service keeps them.</summary>
public sealed class IngestRuleTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Ing1_TheStoredTime_IsTheSendersTimeAndWhatItsClockIsBehind()
    {
        var org = Guid.NewGuid();
        // The sender's clock is two hours behind ours, which shows 12:00.
        var request = new IngestEventsRequest { SentAt = Sent.Time("2026-03-10T10:00:00Z"), Events = { Sent.Event(at: "2026-03-10T09:30:00Z") } };

        await analytics.AskAsync(org, (client, headers) => client.IngestEventsAsync(request, headers));

        Assert.That(await StoredAsync(org, "to_char(at AT TIME ZONE 'UTC', 'HH24:MI:SS')"), Is.EqualTo("11:30:00"));
    }

    [Test]
    public async Task Ing2_AnEventADayAhead_AndOneOfAMegabyte_AreTurnedAwayWithTheirReason()
    {
        var org = Guid.NewGuid();

        var answer = await analytics.SendAsync(org, Sent.Event(at: "2026-03-11T11:00:01Z"), Sent.Event(properties: ("text", new string('x', 1 << 20))));

        Assert.That(answer.Results.Select(r => r.Errors.Single().Pointer), Is.EqualTo(new[] { "/events/0/at", "/events/1/properties/text" }));
        Assert.That(await StoredAsync(org, "count(*)::text"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Ing3_NothingIsDroppedSilently_AndWhatWasRefusedCanBeSentAgainCured()
    {
        var org = Guid.NewGuid();
        EventInput good = Sent.Event(), bad = Sent.Event(name: "");

        var first = await analytics.SendAsync(org, good, bad, good);
        bad.Name = "signup";
        var second = await analytics.SendAsync(org, good, bad);

        Assert.That(first.Results.Select(r => (r.Id, r.Status, r.Errors.Count)), Is.EqualTo(new[] { (good.Id, "accepted", 0), (bad.Id, "refused", 1), (good.Id, "duplicate", 0) }));
        Assert.That((first.Accepted, first.Duplicates, first.Refused), Is.EqualTo((1, 1, 1)));
        Assert.That(second.Results.Select(r => r.Status), Is.EqualTo(new[] { "duplicate", "accepted" }));
    }

    [Test]
    public async Task Ing4_TheSameIdAndContent_IsOneEvent_AndOtherContentNeedsAnotherId()
    {
        var org = Guid.NewGuid();
        EventInput event1 = Sent.Event(properties: ("plan", "pro")), other = event1.Clone();
        other.Properties["plan"] = "free";

        var same = await analytics.SendAsync(org, event1, event1);
        var clash = await analytics.SendAsync(org, other);
        other.Id = Guid.NewGuid().ToString();
        var renamed = await analytics.SendAsync(org, other);

        Assert.That((same.Accepted, same.Duplicates), Is.EqualTo((1, 1)));
        Assert.That(clash.Results.Single().Errors.Single().Pointer, Is.EqualTo("/events/0/id"));
        Assert.That(renamed.Accepted, Is.EqualTo(1));
        Assert.That(await StoredAsync(org, "string_agg(properties ->> 'plan', ' ' ORDER BY arrival)"), Is.EqualTo("pro free"));
    }

    // The rule salts and hashes addresses of visitors; here the product names its actors, and no address is looked at.
    [Test]
    public async Task Ing5_NoNetworkAddressOrUserAgentIsStored()
    {
        var org = Guid.NewGuid();
        const string json = """{"events":[{"id":"5f0e6f0a-5d3c-4c7e-9a51-0c1d8f6f2b11","name":"signup","actor":"u","at":"2026-03-10T12:00:00Z"}]}""";

        await analytics.CallAsync(org, "events:write", HttpMethod.Post, "/v1/events", json, ("User-Agent", "zeppelin/1.0"), ("X-Forwarded-For", "203.0.113.77"));

        string row = await StoredAsync(org, "string_agg(events::text, ' ')");
        Assert.That(row, Does.Contain("signup"));
        Assert.That(row, Does.Not.Contain("zeppelin").And.Not.Contain("203.0.113.77").And.Not.Contain("127.0.0.1"));
    }

    private async Task<string> StoredAsync(Guid org, string expression)
    {
        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command($"SELECT {expression} FROM events WHERE org_id = $1", org);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
