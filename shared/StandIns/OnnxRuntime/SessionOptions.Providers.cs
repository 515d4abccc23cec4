using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

public partial class SessionOptions
{
    /// <summary>Options that run on CUDA.</summary>
    /// <exception cref="OnnxRuntimeException">The provider is not there.</exception>
    public static SessionOptions MakeSessionOptionWithCudaProvider(int deviceId = 0) =>
        Make(options => options.AppendExecutionProvider_CUDA(deviceId));

    /// <inheritdoc cref="MakeSessionOptionWithCudaProvider(int)"/>
    public static SessionOptions MakeSessionOptionWithCudaProvider(OrtCUDAProviderOptions cudaProviderOptions) =>
        Make(options => options.AppendExecutionProvider_CUDA(cudaProviderOptions));

    /// <summary>Options that run on TensorRT, and on CUDA what TensorRT does not support.</summary>
    /// <exception cref="OnnxRuntimeException">A provider is not there.</exception>
    public static SessionOptions MakeSessionOptionWithTensorrtProvider(int deviceId = 0) => Make(options =>
    {
        options.AppendExecutionProvider_Tensorrt(deviceId);
        options.AppendExecutionProvider_CUDA(deviceId);
    });

    /// <inheritdoc cref="MakeSessionOptionWithTensorrtProvider(int)"/>
    public static SessionOptions MakeSessionOptionWithTensorrtProvider(OrtTensorRTProviderOptions trtProviderOptions) => Make(options =>
    {
        options.AppendExecutionProvider_Tensorrt(trtProviderOptions);
        options.AppendExecutionProvider_CUDA(trtProviderOptions.GetDeviceId());
    });

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
        Append(OrtSlot.SessionOptionsAppendExecutionProvider_CUDA_V2, cudaProviderOptions);

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
        Append(OrtSlot.SessionOptionsAppendExecutionProvider_TensorRT_V2, trtProviderOptions);

    /// <summary>Appends a provider by name, such as XNNPACK.</summary>
    /// <exception cref="OnnxRuntimeException">The provider is unknown or not there.</exception>
    public void AppendExecutionProvider(string providerName, Dictionary<string, string>? providerOptions = null)
    {
        using KeyValues entries = new(providerOptions ?? []);
        entries.Append(this, providerName);
    }

    private static SessionOptions Make(Action<SessionOptions> append)
    {
        SessionOptions options = new();
        try
        {
            append(options);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private void Append(OrtSlot slot, SafeHandle provider)
    {
        using Held held = new(provider);
        OrtTable.Call(slot, this, held.Pointer);
    }
}
