using PromptPlatform.Contracts.Inference.V1;

namespace PromptPlatform.Inference.Models;

/// <summary>The models in memory, the serving one first.</summary>
internal sealed class ListLoadedModels(ServedModels served)
{
    public Task<ListModelsResponse> HandleAsync()
    {
        ListModelsResponse response = new();
        response.Models.AddRange(served.All.Select(loaded => new Model
        {
            Version = loaded.Version,
            Stage = loaded == served.Current ? "serving" : "loaded",
            Provider = loaded.Model.Provider,
            SizeBytes = loaded.Model.SizeBytes,
            Metrics = { loaded.Model.Card.Metrics.ToDictionary() },
        }));
        return Task.FromResult(response);
    }
}
