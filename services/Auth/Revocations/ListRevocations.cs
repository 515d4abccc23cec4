using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.Revocations;

/// <summary>Revocations by polling, for peers that cannot hold a stream.</summary>
internal sealed class ListRevocations(RevocationLog log)
{
    public async Task<RevocationBatch> HandleAsync(ListRevocationsRequest request, CancellationToken cancellation)
    {
        int limit = TextRules.PageSize(request.Limit, RevocationLog.MaxBatch, RevocationLog.MaxBatch);
        return await log.ReadAfterAsync(await log.StartAsync(request.After, cancellation), limit, cancellation);
    }
}
