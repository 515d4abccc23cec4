using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Learning;

/// <summary>What the organisation wants of learning.</summary>
internal sealed class GetLearningSettings(TenantDatabase database)
{
    /// <summary>Answers GET /v1/learning/settings.</summary>
    public async Task<LearningSettings> HandleAsync(Guid orgId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        return LearningMapping.ToSettings(await LearningSettingRows.FindAsync(transaction, cancellation));
    }
}
