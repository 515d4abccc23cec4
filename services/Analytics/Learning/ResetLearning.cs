using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Learning;

/// <summary>Lets an organisation's learning begin anew. The facts stay: usage, quality and the sums over all organisations do not change.</summary>
internal sealed class ResetLearning(TenantDatabase database, TimeProvider clock)
{
    /// <summary>Answers POST /v1/learning:reset. Repeating it is harmless.</summary>
    public async Task<LearningSettings> HandleAsync(Caller caller, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller.OrgId, cancellation);
        var choice = await LearningSettingRows.ResetAsync(transaction, clock.GetUtcNow(), caller.Subject, cancellation);
        await transaction.CommitAsync(cancellation);
        return LearningMapping.ToSettings(choice);
    }
}
