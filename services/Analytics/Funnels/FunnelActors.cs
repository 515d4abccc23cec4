using System.Runtime.InteropServices;

namespace PromptPlatform.Analytics.Funnels;

/// <summary>Events as they are read, in no order; put in order actor by actor.</summary>
/// <param name="funnel">What they are read for.</param>
internal sealed class FunnelActors(FunnelQuestion funnel)
{
    // Number 0 is an event that is neither step nor exclusion.
    private readonly (byte Steps, byte Exclusions)[] _bits = [default, .. funnel.Names.Select(name => (Bits(funnel.Steps, name), Bits(funnel.Exclusions, name)))];
    private readonly Dictionary<Guid, int> _actors = [];
    private readonly List<Entry> _entries = [];
    private readonly List<string?> _values = [];

    /// <summary>Adds events.</summary>
    public void Add(FunnelColumns columns)
    {
        for (int i = 0; i < columns.Actors.Length; i++)
        {
            ref int actor = ref CollectionsMarshal.GetValueRefOrAddDefault(_actors, columns.Actors[i], out bool known);
            if (!known)
                actor = _actors.Count - 1;
            _entries.Add(new Entry(actor, columns.Micros[i], columns.Arrivals[i], _entries.Count));
        }
        _values.AddRange(columns.Values);
    }

    /// <summary>The events of each actor by time, those at the same time by arrival, and what each says of the property of the breakdown; no values without one.</summary>
    public IEnumerable<(FunnelEvent[] Events, string?[] Values)> Each()
    {
        var (entries, starts) = Grouped();
        for (int actor = 0; actor < _actors.Count; actor++)
        {
            var own = entries.AsMemory(starts[actor]..starts[actor + 1]);
            own.Span.Sort();
            yield return (Events(own.Span), _values.Count == 0 ? [] : Values(own.Span));
        }
    }

    /// <summary>The entries actor by actor, and where those of each begin.</summary>
    private (Entry[] Entries, int[] Starts) Grouped()
    {
        int[] starts = new int[_actors.Count + 1];
        foreach (var entry in _entries)
            starts[entry.Actor + 1]++;
        for (int actor = 1; actor < starts.Length; actor++)
            starts[actor] += starts[actor - 1];
        var entries = new Entry[_entries.Count];
        int[] next = [.. starts];
        foreach (var entry in _entries)
            entries[next[entry.Actor]++] = entry;
        return (entries, starts);
    }

    private FunnelEvent[] Events(ReadOnlySpan<Entry> entries)
    {
        var events = new FunnelEvent[entries.Length];
        for (int i = 0; i < events.Length; i++)
        {
            var (steps, exclusions) = _bits[entries[i].Arrival % FunnelColumns.Numbers];
            events[i] = new FunnelEvent(entries[i].Micros, steps, exclusions);
        }
        return events;
    }

    private string?[] Values(ReadOnlySpan<Entry> entries)
    {
        var values = new string?[entries.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = _values[entries[i].Place];
        return values;
    }

    private static byte Bits(IReadOnlyList<string> names, string name)
    {
        int bits = 0;
        for (int i = 0; i < names.Count; i++)
            bits |= names[i] == name ? 1 << i : 0;
        return (byte)bits;
    }

    // Those of one actor are compared.
    private readonly record struct Entry(int Actor, long Micros, long Arrival, int Place) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Micros != other.Micros ? Micros.CompareTo(other.Micros) : Arrival.CompareTo(other.Arrival);
    }
}
