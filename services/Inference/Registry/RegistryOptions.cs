using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Inference.Registry;

/// <summary>Section Inference:Registry. The registry is there when ConnectionStrings:inference is.</summary>
internal sealed class RegistryOptions
{
    /// <summary>Artefact folder, relative to the application's; all replicas see the same one. <c>blobs/</c> holds what is registered, <c>incoming/</c> what is to be.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Folder { get; set; } = "models";

    /// <summary>How often a replica looks for a promotion.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a version that would not load is left alone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of all files of one version.</summary>
    [Range(1 << 20, 1 << 30)]
    public int MaxModelBytes { get; set; } = 64 << 20;

    /// <summary>Versions of the stages shadow and canary that are in memory beside the serving one.</summary>
    [Range(0, 8)]
    public int MaxBeside { get; set; } = 3;
}
