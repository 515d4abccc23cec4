using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of the TensorRT provider. Creating them fails with a clear error when the library was built without it.</summary>
public class OrtTensorRTProviderOptions : SafeHandle
{
    private int deviceId;

    /// <summary>The provider's defaults.</summary>
    /// <exception cref="OnnxRuntimeException">The library has no TensorRT provider.</exception>
    public OrtTensorRTProviderOptions() : base(0, ownsHandle: true)
    {
        _ = OrtEnv.Instance();
        SetHandle(OrtTable.Create(OrtSlot.CreateTensorRTProviderOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Changes settings by their documented keys, such as trt_fp16_enable.</summary>
    public void UpdateOptions(Dictionary<string, string> providerOptions)
    {
        using KeyValues entries = new(providerOptions);
        entries.Update(OrtSlot.UpdateTensorRTProviderOptions, this);
        if (providerOptions.TryGetValue("device_id", out var device)) deviceId = int.Parse(device, CultureInfo.InvariantCulture);
    }

    /// <summary>The settings as key=value;key=value.</summary>
    public string GetOptions()
    {
        using Held held = new(this);
        return OrtTable.AskText(OrtSlot.GetTensorRTProviderOptionsAsString, held.Pointer);
    }

    /// <summary>Number of the GPU.</summary>
    public int GetDeviceId() => deviceId;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseTensorRTProviderOptions, handle);
        return true;
    }
}
