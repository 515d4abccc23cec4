using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of the CUDA provider. Creating them fails with a clear error when the library was built without CUDA.</summary>
public class OrtCUDAProviderOptions : SafeHandle
{
    /// <summary>The provider's defaults.</summary>
    /// <exception cref="OnnxRuntimeException">The library has no CUDA provider.</exception>
    public OrtCUDAProviderOptions() : base(0, ownsHandle: true)
    {
        _ = OrtEnv.Instance();
        SetHandle(OrtTable.Create(OrtSlot.CreateCUDAProviderOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Changes settings by their documented keys, such as device_id.</summary>
    public void UpdateOptions(Dictionary<string, string> providerOptions)
    {
        using KeyValues entries = new(providerOptions);
        entries.Update(OrtSlot.UpdateCUDAProviderOptions, this);
    }

    /// <summary>The settings as key=value;key=value.</summary>
    public string GetOptions()
    {
        using Held held = new(this);
        return OrtTable.AskText(OrtSlot.GetCUDAProviderOptionsAsString, held.Pointer);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseCUDAProviderOptions, handle);
        return true;
    }
}
