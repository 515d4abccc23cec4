using System.Buffers;
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>A native value and the pin of the memory below it. Both go after the last Run that uses them.</summary>
internal sealed class ValueHandle : SafeHandle
{
    private MemoryHandle pin;

    public ValueHandle(nint value, MemoryHandle pin) : base(0, ownsHandle: true)
    {
        SetHandle(value);
        this.pin = pin;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer, good until DangerousRelease.</summary>
    /// <exception cref="ObjectDisposedException">The value was disposed.</exception>
    public nint Hold()
    {
        var added = false;
        DangerousAddRef(ref added);
        return handle;
    }

    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseValue, handle);
        pin.Dispose();
        return true;
    }
}
