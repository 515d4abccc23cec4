using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>The inputs or the outputs of a session: names in the model's order, their native copies, what the model says of each.</summary>
internal sealed class SessionNodes
{
    private readonly Dictionary<string, nint> pointers;
    private readonly string side;

    public SessionNodes(nint session, string side, OrtSlot count, OrtSlot name, OrtSlot type)
    {
        this.side = side;
        Names = [.. Enumerable.Range(0, Count(session, count)).Select(i => NameOf(session, name, i))];
        Metadata = Names.Index().ToDictionary(node => node.Item, node => Describe(session, type, node.Index));
        pointers = Names.ToDictionary(name => name, Marshal.StringToCoTaskMemUTF8);
    }

    public string[] Names { get; }

    public IReadOnlyDictionary<string, NodeMetadata> Metadata { get; }

    /// <summary>The native copy of a name.</summary>
    /// <exception cref="OnnxRuntimeException">The model has no such node; the message lists those it has.</exception>
    public nint Pointer(string name) => pointers.TryGetValue(name, out var pointer)
        ? pointer
        : throw new OnnxRuntimeException(
            ErrorCode.InvalidArgument, $"{side} name '{name}' is not in the model, which has {string.Join(", ", Names)}");

    /// <summary>Frees the native names, after the last Run.</summary>
    public void Free()
    {
        foreach (var pointer in pointers.Values) Marshal.FreeCoTaskMem(pointer);
        pointers.Clear();
    }

    private static unsafe int Count(nint session, OrtSlot slot)
    {
        nuint count;
        OrtTable.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtTable.Function(slot))(session, &count));
        return (int)count;
    }

    private static unsafe string NameOf(nint session, OrtSlot slot, int index)
    {
        nint name;
        OrtTable.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)OrtTable.Function(slot))(session, (nuint)index, OrtTable.DefaultAllocator, &name));
        return OrtTable.TakeText(name);
    }

    private static unsafe NodeMetadata Describe(nint session, OrtSlot slot, int index)
    {
        nint type;
        OrtTable.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)OrtTable.Function(slot))(session, (nuint)index, &type));
        try
        {
            return new(type);
        }
        finally
        {
            OrtTable.Release(OrtSlot.ReleaseTypeInfo, type);
        }
    }
}
