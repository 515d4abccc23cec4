using PromptPlatform.Contracts.Inference.V1;

namespace PromptPlatform.Inference.Models;

/// <summary>The models in memory, the serving one first.</summary>
internal sealed class ListLoadedModels(ServedModel served)
{
    public Task<ListModelsResponse> HandleAsync()
    {
        ListModelsResponse response = new();
        if (served.Current is { Model: var model })
        {
            response.Models.Add(new Model
            {
                Version = model.Card.Version,
                Stage = "serving",
                Provider = model.Provider,
                SizeBytes = model.SizeBytes,
                Metrics = { model.Card.Metrics.ToDictionary() },
            });
        }

        return Task.FromResult(response);
    }
}
