namespace PromptPlatform.Analytics.Experiments;

/// <summary>
/// How experiments of a layer share its units out. A layer has 10,000 slots; each unit falls into one by hash. An experiment holds slots as ranges (from, to
/// not included, from, to, …) in the order in which it took them: it grows at the end and shrinks from the end, so a unit that is in stays in while it grows.
/// </summary>
internal static class LayerSlots
{
    /// <summary>Slots of a layer.</summary>
    public const int Count = 10_000;

    /// <summary>The slots of a share.</summary>
    public static int Of(double share) => (int)Math.Round(share * Count);

    /// <summary>How many slots ranges hold.</summary>
    public static int Size(IReadOnlyList<int> ranges)
    {
        int size = 0;
        for (int i = 0; i < ranges.Count; i += 2)
            size += ranges[i + 1] - ranges[i];
        return size;
    }

    /// <summary>Ranges that hold <paramref name="wanted"/> slots; null when the layer has not that many left.</summary>
    /// <param name="own">What the experiment holds now.</param>
    /// <param name="others">What the other running experiments of the layer hold.</param>
    /// <param name="wanted">Slots, up to 10,000.</param>
    /// <param name="start">Where to begin looking; of its own for each experiment, lest the same units are always the first to try something.</param>
    public static int[]? Resize(IReadOnlyList<int> own, IEnumerable<IReadOnlyList<int>> others, int wanted, int start)
    {
        var held = Listed(own).Take(wanted).ToList();
        bool[] taken = new bool[Count];
        foreach (int slot in others.SelectMany(Listed).Concat(held))
            taken[slot] = true;
        for (int i = 0; i < Count && held.Count < wanted; i++)
        {
            int slot = (start + i) % Count;
            if (!taken[slot])
                held.Add(slot);
        }
        return held.Count == wanted ? Ranges(held) : null;
    }

    /// <summary>How many slots nobody holds.</summary>
    public static int Free(IEnumerable<IReadOnlyList<int>> all) => Count - all.Sum(Size);

    private static IEnumerable<int> Listed(IReadOnlyList<int> ranges)
    {
        for (int i = 0; i < ranges.Count; i += 2)
        {
            for (int slot = ranges[i]; slot < ranges[i + 1]; slot++)
                yield return slot;
        }
    }

    private static int[] Ranges(List<int> slots)
    {
        var ranges = new List<int>();
        foreach (int slot in slots)
        {
            if (ranges.Count > 0 && ranges[^1] == slot)
                ranges[^1]++;
            else
                ranges.AddRange([slot, slot + 1]);
        }
        return [.. ranges];
    }
}
