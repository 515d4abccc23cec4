using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>A dictionary as the two arrays of C strings that provider options are passed as.</summary>
internal sealed class KeyValues : IDisposable
{
    private readonly nint[] keys;
    private readonly nint[] values;

    public KeyValues(IReadOnlyDictionary<string, string> entries)
    {
        keys = [.. entries.Keys.Select(Marshal.StringToCoTaskMemUTF8)];
        values = [.. entries.Values.Select(Marshal.StringToCoTaskMemUTF8)];
    }

    /// <summary>Calls `update(held.Pointer, keys, values, count)`.</summary>
    public unsafe void Update(OrtSlot slot, SafeHandle options)
    {
        using Held held = new(options);
        fixed (nint* k = keys, v = values)
        {
            var update = (delegate* unmanaged<nint, nint*, nint*, nuint, nint>)OrtTable.Function(slot);
            OrtTable.Check(update(held.Pointer, k, v, (nuint)keys.Length));
        }
    }

    /// <summary>Calls `append(options, providerName, keys, values, count)`.</summary>
    public unsafe void Append(SafeHandle options, string provider)
    {
        using Held held = new(options);
        using NativeText name = new(provider);
        fixed (nint* k = keys, v = values)
        {
            var append = (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint>)OrtTable.Function(OrtSlot.SessionOptionsAppendExecutionProvider);
            OrtTable.Check(append(held.Pointer, name.Pointer, k, v, (nuint)keys.Length));
        }
    }

    public void Dispose()
    {
        foreach (var text in keys) Marshal.FreeCoTaskMem(text);
        foreach (var text in values) Marshal.FreeCoTaskMem(text);
    }
}
