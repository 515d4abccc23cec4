using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Events;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Events;

public sealed class KeepEventDaysTests
{
    private readonly ErrorLogGuard errors = new();
    private AnalyticsApplication analytics = null!;

    [SetUp]
    public async Task StartAsync() => analytics = await AnalyticsApplication.StartAsync(errors, "--Analytics:Events:RetentionDays=40");

    [TearDown]
    public async Task StopAsync()
    {
        await analytics.DisposeAsync();
        errors.Verify();
    }

    [Test]
    public async Task Days_AreMadeAheadAndDroppedBehind()
    {
        var org = Guid.NewGuid();
        await analytics.SendAsync(org, Sent.Event(at: "2026-03-01T10:00:00Z"), Sent.Event(at: "2026-03-10T10:00:00Z"));

        Assert.That(await DaysAsync(), Is.EqualTo(("events_20260202", "events_20260317")));
        analytics.Clock.Advance(TimeSpan.FromDays(35));
        // Each run drops ten days at most.
        for (int run = 0; run < 4; run++)
            await analytics.Services.GetRequiredService<KeepEventDays>().RunAsync(CancellationToken.None).WithinAsync();

        Assert.That(await DaysAsync(), Is.EqualTo(("events_20260305", "events_20260421")));
        Assert.That(await CountsAsync(org), Is.EqualTo((1d, 1d)));
    }

    [Test]
    public async Task Organisation_ThatKeepsFewerDays_LosesItsOlderEventsOnly()
    {
        Guid org = Guid.NewGuid(), other = Guid.NewGuid();
        foreach (var each in new[] { org, other })
            await analytics.SendAsync(each, Sent.Event(at: "2026-02-20T10:00:00Z"), Sent.Event(at: "2026-03-05T10:00:00Z"));
        await KeepAsync(org, days: 7);

        await analytics.Services.GetRequiredService<KeepEventDays>().RunAsync(CancellationToken.None).WithinAsync();

        Assert.That(await CountsAsync(org), Is.EqualTo((1d, 1d)));
        Assert.That(await CountsAsync(other), Is.EqualTo((2d, 2d)));
    }

    [Test]
    public async Task Facts_AreForgottenWithTheEvents([Values] bool shorter)
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-02-20T10:00:00Z"));
        await analytics.DeliverAsync(Happened.Feedback(org, Guid.NewGuid(), "2026-02-20T10:00:00Z", "up"));
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-05T10:00:00Z"));
        if (shorter)
            await KeepAsync(org, days: 7);
        else
            analytics.Clock.Advance(TimeSpan.FromDays(30));

        await analytics.Services.GetRequiredService<KeepEventDays>().RunAsync(CancellationToken.None).WithinAsync();

        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        await using var left = transaction.Command("SELECT string_agg(to_char(coalesce(at, feedback_at), 'MM-DD'), ' ') FROM enhancement_facts WHERE org_id = $1", org);
        Assert.That(await left.ExecuteScalarAsync(), Is.EqualTo("03-05"));
    }

    [Test]
    public async Task Events_OfAnotherOrganisation_CannotBeReadOrWrittenBySql()
    {
        var org = Guid.NewGuid();
        await analytics.SendAsync(org, Sent.Event());
        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(Guid.NewGuid(), CancellationToken.None);

        await using var read = transaction.Command("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM event_ids) + (SELECT count(*) FROM event_quarters)");
        Assert.That(await read.ExecuteScalarAsync(), Is.Zero);
        await using var partition = transaction.Command("SELECT count(*) FROM events_20260310");
        Assert.That(() => partition.ExecuteScalarAsync(), Throws.InstanceOf<Npgsql.PostgresException>().With.Property("SqlState").EqualTo("42501"));
    }

    private async Task KeepAsync(Guid org, int days)
    {
        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command("INSERT INTO event_retention (org_id, days) VALUES ($1, $2)", org, days);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task<(string First, string Last)> DaysAsync()
    {
        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginPlatformAsync("event-retention", CancellationToken.None);
        await using var command = transaction.Command("SELECT min(c.relname::text), max(c.relname::text) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'events'::regclass");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetString(0), reader.GetString(1));
    }

    private async Task<(double Rolled, double Stored)> CountsAsync(Guid org)
    {
        double rolled = (await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { From = "2026-02-01" }, headers))).Data.Sum(s => s.Total);
        double stored = (await analytics.AskAsync(org, (client, headers) => client.CountEventsAsync(new() { From = "2026-02-01", GroupBy = "none" }, headers))).Data.Sum(s => s.Total);
        return (rolled, stored);
    }
}
