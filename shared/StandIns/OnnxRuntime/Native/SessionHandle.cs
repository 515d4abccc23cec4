using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>A session. Reference-counted, so that a session disposed while a Run is in flight is freed after that Run.</summary>
internal sealed class SessionHandle : SafeHandle
{
    public SessionHandle(nint session) : base(0, ownsHandle: true)
    {
        SetHandle(session);
        Inputs = new(session, "Input", OrtSlot.SessionGetInputCount, OrtSlot.SessionGetInputName, OrtSlot.SessionGetInputTypeInfo);
        Outputs = new(session, "Output", OrtSlot.SessionGetOutputCount, OrtSlot.SessionGetOutputName, OrtSlot.SessionGetOutputTypeInfo);
    }

    public SessionNodes Inputs { get; }

    public SessionNodes Outputs { get; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseSession, handle);
        Inputs.Free();
        Outputs.Free();
        return true;
    }
}
