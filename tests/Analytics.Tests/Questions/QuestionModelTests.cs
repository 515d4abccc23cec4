using PromptPlatform.Analytics.Funnels;
using PromptPlatform.Analytics.Tests.Arithmetic;

namespace PromptPlatform.Analytics.Tests.Questions;

/// <summary>Answers over SQL against answers by counting the events that were sent, one by one.</summary>
public sealed class QuestionModelTests
{
    private const int Worlds = 40;
    private const string Zone = "Asia/Kathmandu";
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task Counts_OfRandomEvents_AreExactInEveryZone([Values("", "name", "plan")] string groupBy, [Values("hour", "day", "week", "month")] string period)
    {
        for (int seed = 0; seed < Worlds / 4; seed++)
        {
            var world = await World.SendAsync(analytics, new Random(seed));

            var counts = await analytics.AskAsync(world.Org, (client, headers) => client.CountEventsAsync(new() { From = "2026-02-04", TimeZone = Zone, Period = period, GroupBy = groupBy }, headers));

            var starts = counts.Starts.Select(s => s.ToDateTimeOffset()).ToList();
            var answered = counts.Data.SelectMany(s => s.Counts.Select((n, i) => (s.Group, Interval: i, Events: (int)n))).Where(c => c.Events > 0 && c.Group != "other" && !(c.Group.Length == 0 && groupBy == "plan"));
            var sent = world.Distinct.GroupBy(d => (Group: groupBy switch { "name" => d.Name, "plan" => "plan " + d.Id % 3, _ => "" }, Interval: starts.FindLastIndex(s => s <= World.At(d)))).Select(g => (g.Key.Group, g.Key.Interval, Events: g.Count())).ToList();
            if (groupBy.Length == 0)
                answered = answered.Select(c => c.Interval == starts.FindLastIndex(s => s <= new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero)) ? c with { Events = c.Events - 1 } : c).Where(c => c.Events > 0);
            Assert.That(answered, Is.EquivalentTo(sent), $"seed {seed}");
        }
    }

    [Test]
    public async Task Funnels_OfRandomEvents_AreThoseOfTheNaiveModel()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var dice = new Random(seed);
            var funnel = RandomEvents.Funnel(dice);
            var world = await World.SendAsync(analytics, dice);
            var request = Request(funnel);

            var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetFunnelAsync(request, headers));

            var expected = NaiveFunnel.Seconds(funnel, world.Arrived);
            Assert.That(answer.Data.Select(s => s.Actors), Is.EqualTo(expected.Select(s => (double)s.Count)), $"seed {seed}");
            Assert.That(answer.Data.Skip(1).Select(s => s.HasAverageSeconds ? s.AverageSeconds : 0), Is.EqualTo(expected.Skip(1).Select(s => s.Count == 0 ? 0 : s.Average() * World.Hours * 3600)).Within(1e-3), $"seed {seed}");
        }
    }

    [Test]
    public async Task Funnels_BrokenDown_AreThoseOfTheActorsWithEachValue()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var dice = new Random(seed);
            var funnel = RandomEvents.Funnel(dice);
            var world = await World.SendAsync(analytics, dice);
            int step = funnel.Order == FunnelOrder.Unordered ? 0 : dice.Next(funnel.Steps.Length);
            var request = Request(funnel);
            request.Breakdown = "plan";
            request.Attribution = step + 1;

            var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetFunnelAsync(request, headers));

            var expected = NaiveFunnel.Attempts(funnel, world.Arrived)
                .GroupBy(attempt => attempt.Length > step ? "plan " + attempt[step].Id % 3 : "")
                .Select(group => (group.Key, string.Join(' ', funnel.Steps.Select((_, i) => group.Count(attempt => attempt.Length > i)))));
            Assert.That(answer.Breakdown.Select(g => (g.Group, string.Join(' ', g.Data.Select(s => s.Actors)))), Is.EquivalentTo(expected), $"seed {seed}");
            Assert.That(answer.Data.Select(s => s.Actors), Is.EqualTo(funnel.Steps.Select((_, i) => answer.Breakdown.Sum(g => g.Data[i].Actors))), $"seed {seed}");
        }
    }

    [Test]
    public async Task Retention_OfRandomEvents_IsCountedOneByOne([Values] bool rolling)
    {
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            var world = await World.SendAsync(analytics, new Random(seed));

            var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetRetentionAsync(new() { Intervals = 34, TimeZone = Zone, CohortEvent = "a", ReturnEvent = "b", Rolling = rolling }, headers));

            var starts = answer.Data.Select(r => r.Start.ToDateTimeOffset()).ToList();
            var active = world.Distinct.Select(d => (d.Actor, d.Name, Interval: starts.FindLastIndex(s => s <= World.At(d)))).ToHashSet();
            for (int row = 0; row < starts.Count; row++)
            {
                var cohort = active.Where(a => a.Name == "a" && a.Interval == row).Select(a => a.Actor).ToHashSet();
                var expected = Enumerable.Range(0, starts.Count - row).Select(column => column == 0 ? cohort.Count
                    : cohort.Count(actor => active.Any(a => a.Actor == actor && a.Name == "b" && (a.Interval == row + column || (rolling && a.Interval > row + column)))));
                Assert.That(answer.Data[row].Actors, Is.EqualTo(expected), $"seed {seed}, row {row}");
            }
        }
    }

    [Test]
    public async Task ActiveUsers_OfRandomEvents_AreCountedOneByOne()
    {
        for (int seed = 0; seed < Worlds / 2; seed++)
        {
            var world = await World.SendAsync(analytics, new Random(seed));

            var answer = await analytics.AskAsync(world.Org, (client, headers) => client.GetActiveUsersAsync(new() { From = "2026-02-04", TimeZone = Zone, Name = "a" }, headers));

            var starts = answer.Data.Select(r => r.Start.ToDateTimeOffset()).ToList();
            var active = world.Distinct.Where(d => d.Name == "a").Select(d => (d.Actor, Interval: starts.FindLastIndex(s => s <= World.At(d)))).ToHashSet();
            var daysOfActor = active.GroupBy(a => a.Actor).Select(g => g.Count()).ToList();
            Assert.That(answer.Data.Select(d => d.Actors), Is.EqualTo(starts.Select((_, i) => (double)active.Count(a => a.Interval == i))), $"seed {seed}");
            Assert.That(answer.Actors, Is.EqualTo(daysOfActor.Count));
            Assert.That(answer.Stickiness, Is.EqualTo(starts.Select((_, i) => (double)daysOfActor.Count(n => n == i + 1))));
        }
    }

    private static Contracts.Analytics.V1.GetFunnelRequest Request(FunnelCase funnel)
    {
        var request = new Contracts.Analytics.V1.GetFunnelRequest { From = "2026-02-01", Steps = { funnel.Steps }, Order = funnel.Order.ToString().ToLowerInvariant(), WindowSeconds = (int)funnel.WindowSeconds * World.Hours * 3600 };
        request.Exclusions.AddRange(funnel.Exclusions.Select(e => funnel.Order == FunnelOrder.Unordered ? e.Name : $"{e.Name}@{e.From + 1}-{e.To + 1}"));
        return request;
    }
}
