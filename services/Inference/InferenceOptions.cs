using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Registry;

namespace PromptPlatform.Inference;

/// <summary>Section Inference.</summary>
internal sealed class InferenceOptions
{
    /// <summary>Folder with model.onnx, tokenizer.bin and model.json; relative to the application's folder.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ModelFolder { get; set; } = "Model";

    /// <summary>Where the model runs; one that is not there is replaced by the processor, with a warning in the log.</summary>
    [EnumDataType(typeof(Accelerator))]
    public Accelerator Accelerator { get; set; } = Accelerator.Cpu;

    /// <summary>Number of the GPU.</summary>
    [Range(0, 63)]
    public int DeviceId { get; set; }

    /// <summary>
    /// Versions whose calibrated probabilities are averaged with those of the serving one, while they are in memory (stages shadow and
    /// canary); none by default. Every prompt is then read by all of them.
    /// </summary>
    [MaxLength(3)]
    public string[] EnsembleVersions { get; set; } = [];

    /// <summary>Where versions of the model are kept, and how promotions are noticed.</summary>
    [ValidateObjectMembers]
    public RegistryOptions Registry { get; set; } = new();

    /// <summary>Limits of the queue and of one batch.</summary>
    [ValidateObjectMembers]
    public BatchingOptions Batching { get; set; } = new();
}
