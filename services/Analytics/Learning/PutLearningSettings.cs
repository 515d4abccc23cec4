using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Learning;

/// <summary>Switches personalisation on or off.</summary>
internal sealed class PutLearningSettings(TenantDatabase database, TimeProvider clock)
{
    /// <summary>Answers PUT /v1/learning/settings. Errors: 400 where the choice is missing.</summary>
    public async Task<LearningSettings> HandleAsync(PutLearningSettingsRequest request, Caller caller, CancellationToken cancellation)
    {
        if (!request.HasPersonalization)
            throw RequestException.Invalid("personalization", "is missing: send true or false");
        await using var transaction = await database.BeginAsync(caller.OrgId, cancellation);
        var choice = await LearningSettingRows.SwitchAsync(transaction, request.Personalization, clock.GetUtcNow(), caller.Subject, cancellation);
        await transaction.CommitAsync(cancellation);
        return LearningMapping.ToSettings(choice);
    }
}
