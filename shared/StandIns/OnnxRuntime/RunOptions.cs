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

    /// <summary>Least severity that these Runs write.</summary>
    public OrtLoggingLevel LogSeverityLevel
    {
        get;
        set { OrtTable.Call(OrtSlot.RunOptionsSetRunLogSeverityLevel, this, (int)value); field = value; }
    } = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;

    /// <summary>How much these Runs write at the severity verbose; at least 0.</summary>
    public int LogVerbosityLevel { get; set { OrtTable.Call(OrtSlot.RunOptionsSetRunLogVerbosityLevel, this, value); field = value; } }

    /// <summary>Names these Runs in the log.</summary>
    public string LogId { get; set { OrtTable.Call(OrtSlot.RunOptionsSetRunTag, this, value); field = value; } } = "";

    /// <summary>
    /// Asks the Runs that use these options to stop, from any thread; they fail with <see cref="OnnxRuntimeException"/> at their next
    /// operator. Later Runs fail too until it is unset.
    /// </summary>
    public bool Terminate
    {
        get;
        set { OrtTable.Call(value ? OrtSlot.RunOptionsSetTerminate : OrtSlot.RunOptionsUnsetTerminate, this); field = value; }
    }

    /// <summary>Sets a documented configuration key of a Run.</summary>
    public void AddRunConfigEntry(string configKey, string configValue) =>
        OrtTable.Call(OrtSlot.AddRunConfigEntry, this, configKey, configValue);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseRunOptions, handle);
        return true;
    }
}
