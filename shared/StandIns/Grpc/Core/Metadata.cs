using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call: an ordered list that may hold a key more than once.</summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>Keys that end so carry bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>A shared list that refuses changes.</summary>
    public static readonly Metadata Empty = new(readOnly: true);

    private readonly List<Entry> entries = [];

    /// <summary>An empty list.</summary>
    public Metadata()
    {
    }

    private Metadata(bool readOnly) => IsReadOnly = readOnly;

    /// <inheritdoc/>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <inheritdoc/>
    public Entry this[int index]
    {
        get => entries[index];
        set => Writeable()[index] = value;
    }

    /// <summary>The last entry with this key, or null. Keys are compared without case.</summary>
    public Entry? Get(string key) =>
        entries.FindLast(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of the last entry with this key, or null.</summary>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with this key, or null.</summary>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries with this key, in order.</summary>
    public IEnumerable<Entry> GetAll(string key) =>
        entries.Where(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Writeable().Add(item);
    }

    /// <summary>Adds a text value. Throws <see cref="ArgumentException"/> for a bad key or a value that is not printable ASCII.</summary>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds bytes under a key that ends with "-bin".</summary>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc/>
    public void Clear() => Writeable().Clear();

    /// <inheritdoc/>
    public bool Contains(Entry item) => entries.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public int IndexOf(Entry item) => entries.IndexOf(item);

    /// <inheritdoc/>
    public void Insert(int index, Entry item) => Writeable().Insert(index, item);

    /// <inheritdoc/>
    public bool Remove(Entry item) => Writeable().Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => Writeable().RemoveAt(index);

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    private List<Entry> Writeable() => IsReadOnly ? throw new InvalidOperationException("Object is read only") : entries;
}
