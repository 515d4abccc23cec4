using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Storage;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Inference.Registry;

/// <summary>One version with its changes.</summary>
internal sealed class GetModelVersion(RegistryDatabase database)
{
    private const int MaxChanges = 100;

    /// <summary>Answers GET /v1/models/{version}.</summary>
    public async Task<ModelVersion> HandleAsync(GetModelVersionRequest request, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(cancellation);
        var model = await ModelRows.FindAsync(transaction, request.Version, cancellation) ?? throw RequestException.NotFound("model", Shown(request.Version));
        var message = model.ToMessage();
        message.Changes.AddRange((await ModelChangeRows.ListAsync(transaction, model.Version, MaxChanges, cancellation)).Select(change => change.ToMessage()));
        return message;
    }

    /// <summary>What a caller sent as a version, short enough to be told back.</summary>
    internal static string Shown(string version) => version.Length <= 64 ? version : version[..64] + "…";
}
