using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How a model is loaded and run. Setters take effect on sessions opened afterwards.</summary>
public class SessionOptions : SafeHandle
{
    /// <summary>The library's defaults.</summary>
    public SessionOptions() : base(0, ownsHandle: true)
    {
        _ = OrtEnv.Instance();
        SetHandle(OrtTable.Create(OrtSlot.CreateSessionOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    /// <summary>Threads inside one operator; 0 lets the library choose.</summary>
    public int IntraOpNumThreads { get; set { OrtTable.Call(OrtSlot.SetIntraOpNumThreads, handle, value); field = value; } }

    /// <summary>Threads across operators, used only by <see cref="ExecutionMode.ORT_PARALLEL"/>.</summary>
    public int InterOpNumThreads { get; set { OrtTable.Call(OrtSlot.SetInterOpNumThreads, handle, value); field = value; } }

    /// <summary>How much the graph is rewritten at load; all of it by default.</summary>
    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get;
        set { OrtTable.Call(OrtSlot.SetSessionGraphOptimizationLevel, handle, (int)value); field = value; }
    } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>One operator at a time by default.</summary>
    public ExecutionMode ExecutionMode { get; set { OrtTable.Call(OrtSlot.SetSessionExecutionMode, handle, (int)value); field = value; } }

    /// <summary>Least severity that the session writes.</summary>
    public OrtLoggingLevel LogSeverityLevel
    {
        get;
        set { OrtTable.Call(OrtSlot.SetSessionLogSeverityLevel, handle, (int)value); field = value; }
    } = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;

    /// <summary>Plans memory from the first run of a shape; on by default.</summary>
    public bool EnableMemoryPattern
    {
        get;
        set { OrtTable.Call(value ? OrtSlot.EnableMemPattern : OrtSlot.DisableMemPattern, handle); field = value; }
    } = true;

    /// <summary>Keeps freed CPU memory for later runs; on by default.</summary>
    public bool EnableCpuMemArena
    {
        get;
        set { OrtTable.Call(value ? OrtSlot.EnableCpuMemArena : OrtSlot.DisableCpuMemArena, handle); field = value; }
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
            else OrtTable.Call(OrtSlot.DisableProfiling, handle);
            field = value;
        }
    }

    /// <summary>Sets a documented configuration key, such as session.intra_op.allow_spinning.</summary>
    public void AddSessionConfigEntry(string configKey, string configValue) =>
        OrtTable.Call(OrtSlot.AddSessionConfigEntry, handle, configKey, configValue);

    /// <summary>Runs on CUDA where an operator is supported.</summary>
    /// <exception cref="OnnxRuntimeException">The provider is not there.</exception>
    public void AppendExecutionProvider_CUDA(int deviceId = 0)
    {
        using OrtCUDAProviderOptions options = new();
        options.UpdateOptions(new() { ["device_id"] = deviceId.ToString(CultureInfo.InvariantCulture) });
        AppendExecutionProvider_CUDA(options);
    }

    /// <inheritdoc cref="AppendExecutionProvider_CUDA(int)"/>
    public void AppendExecutionProvider_CUDA(OrtCUDAProviderOptions cudaProviderOptions) =>
        OrtTable.Call(OrtSlot.SessionOptionsAppendExecutionProvider_CUDA_V2, handle, cudaProviderOptions.Pointer);

    /// <summary>Runs on TensorRT where a subgraph is supported.</summary>
    /// <exception cref="OnnxRuntimeException">The provider is not there.</exception>
    public void AppendExecutionProvider_Tensorrt(int deviceId = 0)
    {
        using OrtTensorRTProviderOptions options = new();
        options.UpdateOptions(new() { ["device_id"] = deviceId.ToString(CultureInfo.InvariantCulture) });
        AppendExecutionProvider_Tensorrt(options);
    }

    /// <inheritdoc cref="AppendExecutionProvider_Tensorrt(int)"/>
    public void AppendExecutionProvider_Tensorrt(OrtTensorRTProviderOptions trtProviderOptions) =>
        OrtTable.Call(OrtSlot.SessionOptionsAppendExecutionProvider_TensorRT_V2, handle, trtProviderOptions.Pointer);

    /// <summary>Appends a provider by name, such as XNNPACK.</summary>
    /// <exception cref="OnnxRuntimeException">The provider is unknown or not there.</exception>
    public void AppendExecutionProvider(string providerName, Dictionary<string, string>? providerOptions = null)
    {
        using KeyValues entries = new(providerOptions ?? []);
        entries.Append(handle, providerName);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseSessionOptions, handle);
        return true;
    }

    private void SetPath(OrtSlot slot, string path)
    {
        using var text = NativeText.FilePath(path);
        OrtTable.Call(slot, handle, text.Pointer);
    }
}
