using System.Runtime.InteropServices;

namespace PromptPlatform.Analytics.Funnels;

/// <summary>Events as they come from the store, in any order; given back actor by actor, each actor's by time and arrival.</summary>
internal sealed class ActorEvents
{
    private readonly Dictionary<Guid, int> _actors = [];
    private readonly List<(int Actor, long Arrival, FunnelEvent Event)> _events = [];

    /// <summary>How many events.</summary>
    public int Count => _events.Count;

    /// <summary>Adds an event.</summary>
    public void Add(Guid actor, long arrival, FunnelEvent happened)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_actors, actor, out bool known);
        if (!known)
            number = _actors.Count - 1;
        _events.Add((number, arrival, happened));
    }

    /// <summary>The events of each actor.</summary>
    public IEnumerable<ArraySegment<FunnelEvent>> ByActor()
    {
        // Sorting by actor is counting: all places are known in one pass.
        int[] ends = new int[_actors.Count + 1];
        foreach (var (actor, _, _) in _events)
            ends[actor + 1]++;
        for (int i = 1; i < ends.Length; i++)
            ends[i] += ends[i - 1];
        int[] next = ends[..^1];
        var keys = new (long At, long Arrival)[_events.Count];
        var events = new FunnelEvent[_events.Count];
        foreach (var (actor, arrival, happened) in _events)
        {
            int place = next[actor]++;
            keys[place] = (happened.AtMicros, arrival);
            events[place] = happened;
        }
        for (int actor = 0; actor < ends.Length - 1; actor++)
        {
            Array.Sort(keys, events, ends[actor], ends[actor + 1] - ends[actor]);
            yield return new ArraySegment<FunnelEvent>(events, ends[actor], ends[actor + 1] - ends[actor]);
        }
    }
}
