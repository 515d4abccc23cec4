using PromptPlatform.Analytics.Funnels;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

/// <summary>An event of a test: who did what when; <paramref name="Id"/> grows with arrival, and the same id twice is one event.</summary>
internal sealed record Deed(int Id, string Actor, string Name, long Second);

/// <summary>An exclusion of a funnel by the name of its event.</summary>
internal sealed record Excluded(string Name, int From, int To);

/// <summary>A funnel in words.</summary>
internal sealed record FunnelCase(string[] Steps, FunnelOrder Order, long WindowSeconds, Excluded[] Exclusions)
{
    /// <summary>What the product answers.</summary>
    public IReadOnlyList<FunnelStepFigures> Figures(IEnumerable<Deed> arrived)
    {
        var plan = new FunnelPlan(Steps.Length, Order, WindowSeconds * 1_000_000, [.. Exclusions.Select(e => new StepRange(e.From, e.To))]);
        var tally = new FunnelTally(Steps.Length);
        foreach (var actor in arrived.DistinctBy(d => d.Id).GroupBy(d => d.Actor))
        {
            var events = actor.OrderBy(d => d.Second).ThenBy(d => d.Id).Select(Reduced).ToList();
            if (new FunnelWalk(events, plan).Best() is { } best)
                tally.Add(best, events);
        }
        return tally.Figures();
    }

    private FunnelEvent Reduced(Deed deed) => new(deed.Second * 1_000_000, Bits(Steps, deed.Name), Bits(Exclusions.Select(e => e.Name), deed.Name));

    private static byte Bits(IEnumerable<string> names, string name) => (byte)names.Select((n, i) => n == name ? 1 << i : 0).Sum();
}
