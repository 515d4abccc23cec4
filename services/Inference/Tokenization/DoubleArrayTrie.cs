using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromptPlatform.Inference.Tokenization;

/// <summary>A set of byte strings, each with a number, walked one byte at a time without allocating.</summary>
internal sealed class DoubleArrayTrie
{
    public const int Root = 0;

    // One node per slot: its children lie at Base + byte and name it as their Parent. Value is -1 where no string ends.
    internal struct Node
    {
        public int Base;
        public int Parent;
        public int Value;
    }

    private readonly Node[] nodes;

    /// <summary>Nodes as <see cref="TrieBuilder"/> lays them out: 256 spare slots at the end keep every step in bounds.</summary>
    internal DoubleArrayTrie(Node[] nodes) => this.nodes = nodes;

    public int SlotCount => nodes.Length;

    /// <summary>The child of a node, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Step(int node, byte next)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(nodes);
        var child = Unsafe.Add(ref first, node).Base + next;
        return Unsafe.Add(ref first, child).Parent == node ? child : -1;
    }

    /// <summary>The number of the string that ends here, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ValueAt(int node) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(nodes), node).Value;
}
