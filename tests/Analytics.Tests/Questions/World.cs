using PromptPlatform.Analytics.Tests.Arithmetic;
using PromptPlatform.Analytics.Tests.Events;

namespace PromptPlatform.Analytics.Tests.Questions;

/// <summary>Random events that were sent to analytics as products send them: late, twice, in batches at once.</summary>
internal sealed class World
{
    /// <summary>Hours between two seconds of the random events, so that they span a month.</summary>
    public const int Hours = 17;

    private static readonly DateTimeOffset s_first = new(2026, 2, 5, 0, 30, 0, TimeSpan.Zero);

    private World(Guid org, IReadOnlyList<Deed> arrived)
    {
        Org = org;
        Arrived = arrived;
    }

    public Guid Org { get; }

    /// <summary>In the order of their arrival, repetitions included.</summary>
    public IReadOnlyList<Deed> Arrived { get; }

    /// <summary>Each event once.</summary>
    public IEnumerable<Deed> Distinct => Arrived.DistinctBy(d => d.Id);

    /// <summary>When an event of the world happened.</summary>
    public static DateTimeOffset At(Deed deed) => s_first.AddHours(deed.Second * Hours);

    public static async Task<World> SendAsync(AnalyticsApplication analytics, Random dice)
    {
        var world = new World(Guid.NewGuid(), RandomEvents.Deeds(dice));
        var ids = new Dictionary<int, Guid>();
        var events = world.Arrived.Select(d =>
        {
            if (!ids.TryGetValue(d.Id, out var id))
                ids.Add(d.Id, id = Guid.NewGuid());
            return Sent.Event(d.Name, d.Actor, At(d).ToString("O"), id, ("plan", "plan " + d.Id % 3));
        }).ToList();
        foreach (var batch in events.Chunk(dice.Next(1, 30)))
            await analytics.SendAsync(world.Org, batch);
        // What was answered too late is sent again.
        await analytics.SendAsync(world.Org, [.. events.Take(10), Sent.Event(actor: "nobody", name: "other")]);
        return world;
    }
}
