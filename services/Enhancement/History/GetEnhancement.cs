using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Feedback;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.History;

/// <summary>One enhancement of the history, with its feedback.</summary>
internal sealed class GetEnhancement(TenantDatabase database, PromptCipher cipher)
{
    /// <summary>Answers GET /v1/enhancements/{id}.</summary>
    public async Task<EnhanceResponse> HandleAsync(GetEnhancementRequest request, ServerCallContext call)
    {
        var id = PublicId.Parse("enh", "enhancement", request.Id);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        var response = await StoredEnhancements.FindAsync(transaction, cipher, id, call.CancellationToken);
        if (await FeedbackRows.FindAsync(transaction, id, call.CancellationToken) is { } feedback)
            response.Feedback = await cipher.ReadAsync(transaction.OrgId, feedback, call.CancellationToken);
        return response;
    }
}
