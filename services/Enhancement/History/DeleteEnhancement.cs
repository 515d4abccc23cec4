using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.History;

/// <summary>Deletes an enhancement with its feedback and the answers kept for idempotent replay.</summary>
internal sealed class DeleteEnhancement(TenantDatabase database)
{
    /// <summary>Answers DELETE /v1/enhancements/{id}.</summary>
    public async Task<DeleteEnhancementResponse> HandleAsync(DeleteEnhancementRequest request, ServerCallContext call)
    {
        var id = PublicId.Parse("enh", "enhancement", request.Id);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        if (!await EnhancementRows.DeleteAsync(transaction, id, call.CancellationToken))
            throw RequestException.NotFound("enhancement", request.Id);
        await transaction.CommitAsync(call.CancellationToken);
        return new DeleteEnhancementResponse { Id = request.Id, Deleted = true };
    }
}
