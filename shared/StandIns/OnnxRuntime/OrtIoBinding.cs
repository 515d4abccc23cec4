using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Inputs and outputs bound to a session ahead of its Runs.</summary>
public class OrtIoBinding : SafeHandle
{
    internal OrtIoBinding(nint binding) : base(0, ownsHandle: true) => SetHandle(binding);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    /// <summary>Binds an input to a value, which the caller keeps alive.</summary>
    public void BindInput(string name, OrtValue ortValue) => Bind(OrtSlot.BindInput, name, ortValue.Pointer);

    /// <summary>Binds an output to a value that receives it.</summary>
    public void BindOutput(string name, OrtValue ortValue) => Bind(OrtSlot.BindOutput, name, ortValue.Pointer);

    /// <summary>Lets the library allocate an output on a device.</summary>
    public void BindOutputToDevice(string name, OrtMemoryInfo memInfo) => Bind(OrtSlot.BindOutputToDevice, name, memInfo.Pointer);

    /// <summary>Waits until bound inputs have reached their device.</summary>
    public void SynchronizeBoundInputs() => OrtTable.Call(OrtSlot.SynchronizeBoundInputs, handle);

    /// <summary>Waits until bound outputs have left their device.</summary>
    public void SynchronizeBoundOutputs() => OrtTable.Call(OrtSlot.SynchronizeBoundOutputs, handle);

    /// <summary>Forgets the inputs.</summary>
    public void ClearBoundInputs() => OrtTable.Release(OrtSlot.ClearBoundInputs, handle);

    /// <summary>Forgets the outputs.</summary>
    public void ClearBoundOutputs() => OrtTable.Release(OrtSlot.ClearBoundOutputs, handle);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseIoBinding, handle);
        return true;
    }

    private unsafe void Bind(OrtSlot slot, string name, nint target)
    {
        using NativeText text = new(name);
        OrtTable.Check(((delegate* unmanaged<nint, nint, nint, nint>)OrtTable.Function(slot))(handle, text.Pointer, target));
    }
}
