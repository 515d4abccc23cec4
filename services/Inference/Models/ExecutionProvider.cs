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

/// <summary>Opens a model on an accelerator. One that is not there is a logged fallback to the processor, never an error.</summary>
internal static class ExecutionProvider
{
    public const string Cpu = "CPUExecutionProvider", Cuda = "CUDAExecutionProvider", TensorRt = "TensorrtExecutionProvider";

    /// <summary>A session and the name of the provider that it runs on.</summary>
    /// <exception cref="OnnxRuntimeException">The graph does not load on the processor either.</exception>
    public static (InferenceSession Session, string Provider) Open(string graph, Accelerator wanted, int deviceId, ILogger logger)
    {
        if (wanted != Accelerator.Cpu)
        {
            try
            {
                using var options = SingleThreaded();
                var provider = Append(options, wanted, deviceId);

                // A provider whose libraries are there but whose driver is not fails only here.
                return (new(graph, options), provider);
            }
            catch (OnnxRuntimeException fault)
            {
                logger.AcceleratorMissing(wanted, fault.Message);
            }
        }

        using var plain = SingleThreaded();
        return (new(graph, plain), Cpu);
    }

    private static string Append(SessionOptions options, Accelerator wanted, int deviceId)
    {
        Dictionary<string, string> settings = new() { ["device_id"] = deviceId.ToString(CultureInfo.InvariantCulture) };
        switch (wanted)
        {
            case Accelerator.Cuda:
                using (OrtCUDAProviderOptions cuda = new())
                {
                    cuda.UpdateOptions(settings);
                    options.AppendExecutionProvider_CUDA(cuda);
                }

                return Cuda;
            case Accelerator.TensorRt:
                using (OrtTensorRTProviderOptions tensorRt = new())
                {
                    settings["trt_fp16_enable"] = "1";
                    tensorRt.UpdateOptions(settings);
                    options.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                return TensorRt;
            case Accelerator.Cpu:
            default:
                throw new InvalidEnumArgumentException(nameof(wanted), (int)wanted, typeof(Accelerator));
        }
    }

    /// <summary>Many Runs on one thread each beat one Run on many threads, and a spinning thread would take a core from the others.</summary>
    public static SessionOptions SingleThreaded()
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
