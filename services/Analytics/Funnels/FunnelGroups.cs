namespace PromptPlatform.Analytics.Funnels;

/// <summary>A funnel for each value of a property.</summary>
internal sealed class FunnelGroups(int steps)
{
    private const int MaxGroups = 25;
    private readonly Dictionary<string, FunnelTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>Adds the counted attempt of an actor.</summary>
    public void Add(string value, FunnelAttempt attempt, IReadOnlyList<FunnelEvent> events)
    {
        if (!_tallies.TryGetValue(value, out var tally))
            _tallies.Add(value, tally = new FunnelTally(steps));
        tally.Add(attempt, events);
    }

    /// <summary>The values of most actors, then all others together under null.</summary>
    public IReadOnlyList<(string? Value, FunnelTally Tally)> Largest()
    {
        var ordered = _tallies.OrderByDescending(t => t.Value.Actors).ThenBy(t => t.Key, StringComparer.Ordinal).ToList();
        var largest = ordered.Take(MaxGroups).Select(t => ((string?)t.Key, t.Value)).ToList();
        if (ordered.Count > MaxGroups)
        {
            var other = new FunnelTally(steps);
            foreach (var (_, tally) in ordered.Skip(MaxGroups))
                other.Add(tally);
            largest.Add((null, other));
        }
        return largest;
    }
}
