using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>The model that answers at the moment. Set by <see cref="ModelHost"/>, read by everything that needs a model.</summary>
internal sealed class ServedModel
{
    private volatile ServingModel? current;

    /// <summary>Null until a model is warm, and again from the stop on.</summary>
    public ServingModel? Current
    {
        get => current;
        set => current = value;
    }
}

/// <summary>A warm model and the way to it.</summary>
internal sealed record ServingModel(LoadedModel Model, Batcher Batcher);
