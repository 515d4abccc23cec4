using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How a model is loaded and run. Setters take effect on sessions opened afterwards.</summary>
public partial class SessionOptions : SafeHandle
{
    /// <summary>The library's defaults.</summary>
    public SessionOptions() : base(0, ownsHandle: true)
    {
        _ = OrtEnv.Instance();
        SetHandle(OrtTable.Create(OrtSlot.CreateSessionOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Threads inside one operator; 0 lets the library choose.</summary>
    public int IntraOpNumThreads { get; set { OrtTable.Call(OrtSlot.SetIntraOpNumThreads, this, value); field = value; } }

    /// <summary>Threads across operators, used only by <see cref="ExecutionMode.ORT_PARALLEL"/>.</summary>
    public int InterOpNumThreads { get; set { OrtTable.Call(OrtSlot.SetInterOpNumThreads, this, value); field = value; } }

    /// <summary>How much the graph is rewritten at load; all of it by default.</summary>
    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get;
        set { OrtTable.Call(OrtSlot.SetSessionGraphOptimizationLevel, this, (int)value); field = value; }
    } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>One operator at a time by default.</summary>
    public ExecutionMode ExecutionMode { get; set { OrtTable.Call(OrtSlot.SetSessionExecutionMode, this, (int)value); field = value; } }

    /// <summary>Names the session in the log.</summary>
    public string LogId { get; set { OrtTable.Call(OrtSlot.SetSessionLogId, this, value); field = value; } } = "";

    /// <summary>How much the session writes at the severity verbose; at least 0.</summary>
    public int LogVerbosityLevel { get; set { OrtTable.Call(OrtSlot.SetSessionLogVerbosityLevel, this, value); field = value; } }

    /// <summary>Least severity that the session writes.</summary>
    public OrtLoggingLevel LogSeverityLevel
    {
        get;
        set { OrtTable.Call(OrtSlot.SetSessionLogSeverityLevel, this, (int)value); field = value; }
    } = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;

    /// <summary>Plans memory from the first run of a shape; on by default.</summary>
    public bool EnableMemoryPattern
    {
        get;
        set { OrtTable.Call(value ? OrtSlot.EnableMemPattern : OrtSlot.DisableMemPattern, this); field = value; }
    } = true;

    /// <summary>Keeps freed CPU memory for later runs; on by default.</summary>
    public bool EnableCpuMemArena
    {
        get;
        set { OrtTable.Call(value ? OrtSlot.EnableCpuMemArena : OrtSlot.DisableCpuMemArena, this); field = value; }
    } = true;

    /// <summary>File that receives the optimised graph.</summary>
    public string OptimizedModelFilePath { get; set { SetPath(OrtSlot.SetOptimizedModelFilePath, value); field = value; } } = "";

    /// <summary>Path prefix of the profile, written when <see cref="EnableProfiling"/> is set.</summary>
    public string ProfileOutputPathPrefix { get; set; } = "onnxruntime_profile_";

    /// <summary>Records the time of every operator; set the prefix first.</summary>
    public bool EnableProfiling
    {
        get;
        set
        {
            if (value) SetPath(OrtSlot.EnableProfiling, ProfileOutputPathPrefix);
            else OrtTable.Call(OrtSlot.DisableProfiling, this);
            field = value;
        }
    }

    /// <summary>Sets a documented configuration key, such as session.intra_op.allow_spinning.</summary>
    public void AddSessionConfigEntry(string configKey, string configValue) =>
        OrtTable.Call(OrtSlot.AddSessionConfigEntry, this, configKey, configValue);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseSessionOptions, handle);
        return true;
    }

    private void SetPath(OrtSlot slot, string path)
    {
        using var text = NativeText.FilePath(path);
        OrtTable.Call(slot, this, text.Pointer);
    }
}
