using System.Buffers;

namespace PromptPlatform.Inference.Tokenization;

/// <summary>A growing list in a rented array: no allocation once the pool is warm. Dispose gives the array back.</summary>
internal ref struct Rented<T>(int capacity) : IDisposable where T : unmanaged
{
    private T[] items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly Span<T> Items => items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == items.Length) Grow(Count + 1);
        items[Count++] = item;
    }

    public void AddRange(scoped ReadOnlySpan<T> added)
    {
        if (Count + added.Length > items.Length) Grow(Count + added.Length);
        added.CopyTo(items.AsSpan(Count));
        Count += added.Length;
    }

    /// <summary>Sets the length; elements beyond the old one are undefined.</summary>
    public void SetCount(int count)
    {
        if (count > items.Length) Grow(count);
        Count = count;
    }

    public void Dispose()
    {
        var returned = items;
        items = [];
        Count = 0;
        if (returned.Length > 0) ArrayPool<T>.Shared.Return(returned);
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, items.Length * 2));
        Items.CopyTo(larger);
        if (items.Length > 0) ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
