namespace PromptPlatform.Inference.Tokenization;

/// <summary>Lays the strings out as a double array: each node takes the first base at which all of its children find free slots.</summary>
internal sealed class TrieBuilder
{
    private const int SpareSlots = 256;
    private const double Crowded = 0.9;

    private static readonly DoubleArrayTrie.Node Free = new() { Parent = -1, Value = -1 };

    private DoubleArrayTrie.Node[] nodes = new DoubleArrayTrie.Node[4096];
    private int firstFree = 1;
    private int used = 1;

    private TrieBuilder()
    {
        Array.Fill(nodes, Free);
        // No node is its parent, so that a step which lands on the root never counts as a child.
        nodes[DoubleArrayTrie.Root].Parent = -2;
    }

    /// <summary>Builds from distinct, non-empty strings.</summary>
    public static DoubleArrayTrie Build(IEnumerable<(byte[] Text, int Value)> entries)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, (a, b) => a.Text.AsSpan().SequenceCompareTo(b.Text));
        TrieBuilder builder = new();
        builder.Place(sorted, DoubleArrayTrie.Root, depth: 0);
        builder.Grow(builder.used + SpareSlots);
        return new(builder.nodes[..(builder.used + SpareSlots)]);
    }

    private void Place(ReadOnlySpan<(byte[] Text, int Value)> entries, int node, int depth)
    {
        if (entries.Length > 0 && entries[0].Text.Length == depth)
        {
            nodes[node].Value = entries[0].Value;
            entries = entries[1..];
        }

        if (entries.IsEmpty) return;

        Span<byte> children = stackalloc byte[256];
        var count = 0;
        foreach (var (text, _) in entries)
        {
            if (count == 0 || children[count - 1] != text[depth]) children[count++] = text[depth];
        }

        var start = Claim(children[..count], node);
        nodes[node].Base = start;
        while (!entries.IsEmpty)
        {
            var next = entries[0].Text[depth];
            var length = 1;
            while (length < entries.Length && entries[length].Text[depth] == next) length++;
            Place(entries[..length], start + next, depth + 1);
            entries = entries[length..];
        }
    }

    private int Claim(ReadOnlySpan<byte> children, int parent)
    {
        int seen = 0, taken = 0;
        for (var slot = firstFree; ; slot++)
        {
            Grow(slot + SpareSlots + 1);
            seen++;
            if (nodes[slot].Parent != -1)
            {
                taken++;
                if (taken == seen) firstFree = slot + 1;
                continue;
            }

            var start = slot - children[0];
            if (start < 1 || !Fits(start, children)) continue;

            // A stretch that is nearly full is not searched again: it would cost every later node a walk through it.
            if (taken >= seen * Crowded) firstFree = slot;
            foreach (var child in children)
            {
                nodes[start + child].Parent = parent;
                used = Math.Max(used, start + child + 1);
            }

            return start;
        }
    }

    private bool Fits(int start, ReadOnlySpan<byte> children)
    {
        foreach (var child in children)
        {
            if (nodes[start + child].Parent != -1) return false;
        }

        return true;
    }

    private void Grow(int needed)
    {
        var length = nodes.Length;
        if (needed <= length) return;
        Array.Resize(ref nodes, Math.Max(needed, length * 2));
        nodes.AsSpan(length).Fill(Free);
    }
}
