using System.ComponentModel;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace PromptPlatform.Inference.Models;

/// <summary>Where the model runs.</summary>
internal enum Accelerator
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU by CUDA.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU by TensorRT.</summary>
    TensorRt,
}

/// <summary>Session options for an accelerator. One that is not there is a logged fallback to the processor, never an error.</summary>
internal static class ExecutionProvider
{
    public const string Cpu = "CPUExecutionProvider", Cuda = "CUDAExecutionProvider", TensorRt = "TensorrtExecutionProvider";

    /// <summary>Options and the name of the provider that they lead to.</summary>
    public static (SessionOptions Options, string Provider) Choose(Accelerator wanted, int deviceId, ILogger logger)
    {
        if (wanted != Accelerator.Cpu)
        {
            var options = SingleThreaded();
            try
            {
                return (options, Append(options, wanted, deviceId));
            }
            catch (OnnxRuntimeException fault)
            {
                options.Dispose();
                logger.AcceleratorMissing(wanted, fault.Message);
            }
        }

        return (SingleThreaded(), Cpu);
    }

    private static string Append(SessionOptions options, Accelerator wanted, int deviceId)
    {
        switch (wanted)
        {
            case Accelerator.Cuda:
                options.AppendExecutionProvider_CUDA(deviceId);
                return Cuda;
            case Accelerator.TensorRt:
                using (OrtTensorRTProviderOptions tensorRt = new())
                {
                    tensorRt.UpdateOptions(new()
                    {
                        ["device_id"] = deviceId.ToString(CultureInfo.InvariantCulture),
                        ["trt_fp16_enable"] = "1",
                    });
                    options.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                return TensorRt;
            case Accelerator.Cpu:
            default:
                throw new InvalidEnumArgumentException(nameof(wanted), (int)wanted, typeof(Accelerator));
        }
    }

    // Many Runs on one thread each beat one Run on many threads, and a spinning thread would take a core from the others.
    private static SessionOptions SingleThreaded()
    {
        SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }
}
