using Npgsql;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Experiments;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>An enhancement that is decided and not yet stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Caller">Who asked.</param>
/// <param name="At">When it was made.</param>
/// <param name="Target">The model it is for.</param>
/// <param name="Response">The answer.</param>
/// <param name="Assigned">Arms of the experiments that it fell under.</param>
/// <param name="Answer">The answer, encrypted for storage.</param>
/// <param name="Begin">Time stamp of the start of the work.</param>
internal sealed record DecidedEnhancement(Guid Id, Caller Caller, DateTimeOffset At, TargetModel Target, EnhanceResponse Response, IReadOnlyList<AssignedArm> Assigned, byte[] Answer, long Begin)
{
    /// <summary>Whose it is.</summary>
    public Guid OrgId => Caller.OrgId;

    /// <summary>Who asked, and in whose name.</summary>
    public EnhancementPerson Person => EnhancementPerson.Of(OrgId, Caller.Subject, Response.Metadata.GetValueOrDefault(ExperimentFacts.EndUserKey, ""));

    /// <summary>Adds history row and news to one batch: both commit or neither.</summary>
    public void Write(NpgsqlBatch batch)
    {
        EnhancementRows.Insert(batch, this);
        batch.Announce(new PromptEnhanced(
            Guid.CreateVersion7(At), At, OrgId, Id, Response.Analysis.Intent, Response.Analysis.Domain, Response.Analysis.Complexity, Response.Analysis.Language,
            TargetRules.NameOf(Target.Family), [.. Response.Applied.Select(a => a.TechniqueId)], Response.Usage.TokensBefore, Response.Usage.TokensAfter,
            Response.Scores.Before, Response.Scores.After, Response.Usage.Units, Response.Timings.TotalMs, Response.Degraded,
            Caller.Subject, WordCounter.Count(Response.Original), Response.Enhanced != Response.Original, Response.Variations.Count, CostUsd,
            Assigned is [var first, ..] ? first.ExperimentId : null, Assigned is [var same, ..] ? same.Arm : null, Exposures));
    }

    // The answer's amounts came from decimals, so this takes nothing away.
    private decimal? CostUsd => Response.Usage.Cost is { HasAfter: true } cost ? (decimal)cost.After : null;

    private IReadOnlyList<ExperimentExposure>? Exposures =>
        Assigned.Count == 0 ? null : [.. Assigned.Select(a => new ExperimentExposure(a.ExperimentId, a.Arm, a.Unit))];
}
