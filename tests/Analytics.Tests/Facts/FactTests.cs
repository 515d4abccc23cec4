using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Tests.Facts;

public sealed class FactTests
{
    private static readonly int[][] s_orders =
    [
        .. from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4)
           where a != b && b != c && a != c
           select new[] { a, b, c, 6 - a - b - c },
    ];

    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [TestCaseSource(nameof(s_orders))]
    public async Task Facts_WhateverTheOrderOfEventsAndRepetitions_AreTheEnhancementAndItsNewestFeedback(params int[] order)
    {
        var (org, id) = (Guid.NewGuid(), Guid.NewGuid());
        IPlatformEvent[] happened =
        [
            Happened.Told(org, id, "2026-03-01T10:00:00Z"),
            Happened.Feedback(org, id, "2026-03-01T11:00:00Z", "up") with { Stars = 5 },
            Happened.Feedback(org, id, "2026-03-01T12:00:00Z", "down") with { Stars = 1, Outcome = "completed" },
            Happened.Feedback(org, id, "2026-03-01T13:00:00Z", "down") with { Outcome = "failed", Corrected = true, ChosenVariation = "var_2" },
        ];

        foreach (int index in order.Concat(order.Reverse()))
            await analytics.DeliverAsync(happened[index]);

        Assert.That(await FactsAsync(org), Is.EqualTo(
            "2026-03-01 10:00 key_1 translation general simple en gpt few-shot 21-100 2 true false 10 50 40 80 0.0000625 4 exp_1 b -1 - failed true var_2 13:00 false"));
    }

    [Test]
    public async Task Feedback_OfTheSameMoment_LeavesTheSameFactsInEitherOrder([Values] bool turned)
    {
        var (org, id) = (Guid.NewGuid(), Guid.NewGuid());
        // The inbox knows an id once, so each run has its own.
        int run = turned ? 1 : 2;
        FeedbackSubmitted[] given =
        [
            Happened.Feedback(org, id, "2026-03-01T11:00:00Z", "up") with { EventId = new Guid($"00000000-0000-0000-0000-00000000000{run}") },
            Happened.Feedback(org, id, "2026-03-01T11:00:00Z", "down") with { EventId = new Guid($"ffffffff-0000-0000-0000-00000000000{run}") },
        ];

        foreach (var happened in turned ? given.Reverse() : given)
            await analytics.DeliverAsync(happened);

        Assert.That(await ScalarAsync(org, "SELECT rating::text FROM enhancement_facts WHERE org_id = $1"), Is.EqualTo("-1"));
    }

    [Test]
    public async Task Facts_OfAnEventWithoutTheNewMembers_SayThatTheyAreNotKnown()
    {
        var org = Guid.NewGuid();

        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T10:00:00Z"));

        Assert.That(await FactsAsync(org), Is.EqualTo("2026-03-01 10:00  translation general simple en gpt few-shot  - - false 10 50 40 80 - 4 - - - -  false  - -"));
    }

    [TestCase("completed", "down", 1, "true")]
    [TestCase("failed", "up", 5, "false")]
    [TestCase("", "up", 1, "true")]
    [TestCase("", "down", 5, "false")]
    [TestCase("", "", 4, "true")]
    [TestCase("", "", 3, null)]
    [TestCase("", "", 2, "false")]
    [TestCase("", "", null, null)]
    public async Task Success_IsTheOutcome_ElseTheRating_ElseTheStars(string outcome, string rating, int? stars, string? succeeded)
    {
        var org = Guid.NewGuid();

        await analytics.DeliverAsync(Happened.Feedback(org, Guid.NewGuid(), "2026-03-01T11:00:00Z", rating) with { Outcome = outcome, Stars = stars });

        Assert.That(await ScalarAsync(org, "SELECT succeeded::text FROM enhancement_facts WHERE org_id = $1"), Is.EqualTo(succeeded));
    }

    [TestCase(0, "1-20")]
    [TestCase(20, "1-20")]
    [TestCase(21, "21-100")]
    [TestCase(100, "21-100")]
    [TestCase(101, "101-400")]
    [TestCase(400, "101-400")]
    [TestCase(401, "over 400")]
    public async Task Length_IsABucketOfWords(int words, string length)
    {
        var org = Guid.NewGuid();

        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T10:00:00Z") with { Words = words });

        Assert.That(await ScalarAsync(org, "SELECT length FROM enhancement_facts WHERE org_id = $1"), Is.EqualTo(length));
    }

    [Test]
    public async Task Facts_OfAnotherOrganisation_AreNotSeen()
    {
        var org = Guid.NewGuid();
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-01T10:00:00Z"));

        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(Guid.NewGuid(), CancellationToken.None);
        await using var command = transaction.Command("SELECT count(*) FROM enhancement_facts WHERE org_id = $1", org);

        Assert.That(await command.ExecuteScalarAsync(), Is.Zero);
    }

    private Task<string?> FactsAsync(Guid org) => ScalarAsync(
        org,
        """
        SELECT concat_ws(' ', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), actor, intent, domain, complexity, language, target_family, array_to_string(techniques, ','), length,
            coalesce(variations::text, '-'), coalesce(changed::text, '-'), degraded::text, tokens_before, tokens_after, score_before, score_after, coalesce(cost_usd::text, '-'), total_ms,
            coalesce(experiment_id, '-'), coalesce(experiment_arm, '-'), coalesce(rating::text, '-'), coalesce(stars::text, '-'), outcome, corrected::text, chosen_variation,
            coalesce(to_char(feedback_at AT TIME ZONE 'UTC', 'HH24:MI'), '-'), coalesce(succeeded::text, '-'))
        FROM enhancement_facts WHERE org_id = $1
        """);

    private async Task<string?> ScalarAsync(Guid org, string sql)
    {
        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command(sql, org);
        return await command.ExecuteScalarAsync() as string;
    }
}
