using Microsoft.Extensions.Options;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Learning;

/// <summary>What an organisation believes of techniques now, made anew from the facts at every call: late, changed and repeated feedback cannot make it wrong.</summary>
internal sealed class OrganizationBeliefs(TenantDatabase database, IOptions<LearningOptions> options, TimeProvider clock)
{
    /// <summary>In order of technique, intent and target: each cell of which the organisation, or all, know something.</summary>
    public async Task<IReadOnlyList<Effectiveness>> ListAsync(Guid orgId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var choice = await LearningSettingRows.FindAsync(transaction, cancellation);
        var own = await CreditRows.ListAsync(transaction, choice.ResetAt, clock.GetUtcNow(), options.Value.HalfLifeDays, cancellation);
        var common = await CreditRows.ListCommonAsync(transaction, cancellation);
        return
        [
            .. own.Keys.Union(common.Keys)
                .OrderBy(c => c.Technique, StringComparer.Ordinal).ThenBy(c => c.Intent, StringComparer.Ordinal).ThenBy(c => c.Target, StringComparer.Ordinal)
                .Select(c => Effectiveness.Of(c, own.GetValueOrDefault(c), common.GetValueOrDefault(c))),
        ];
    }
}
