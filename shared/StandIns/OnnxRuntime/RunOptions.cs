using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of one or more Runs.</summary>
public class RunOptions : SafeHandle
{
    /// <summary>The library's defaults.</summary>
    public RunOptions() : base(0, ownsHandle: true)
    {
        _ = OrtEnv.Instance();
        SetHandle(OrtTable.Create(OrtSlot.CreateRunOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    /// <summary>Asks the Runs that use these options to stop; later Runs fail too until it is unset.</summary>
    public bool Terminate
    {
        get;
        set { OrtTable.Call(value ? OrtSlot.RunOptionsSetTerminate : OrtSlot.RunOptionsUnsetTerminate, handle); field = value; }
    }

    /// <summary>Sets a documented configuration key of a Run.</summary>
    public void AddRunConfigEntry(string configKey, string configValue) =>
        OrtTable.Call(OrtSlot.AddRunConfigEntry, handle, configKey, configValue);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseRunOptions, handle);
        return true;
    }
}
