using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>Writes a change of an organisation's policy as its next revision and takes it into force here.</summary>
internal sealed class OverlayWriting(TenantDatabase database, PromptEnhancer product, OrganizationPolicies policies, TimeProvider clock)
{
    /// <summary>Revisions that an answer shows.</summary>
    public const int Shown = 20;

    /// <summary>Writes <paramref name="overlay"/> (null: takes the overlay back); what is in force already is not written again.</summary>
    /// <param name="call">Its If-Match is obeyed.</param>
    /// <param name="overlay">JSON of the contract.</param>
    /// <param name="version">Of the policy with it.</param>
    public async Task<Policy> WriteAsync(ServerCallContext call, string? overlay, string version)
    {
        // 1 read what is in force  2 compare  3 write  4 take into force
        var (orgId, cancellation) = (call.Caller().OrgId, call.CancellationToken);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var history = await OverlayRows.ListAsync(transaction, Shown, cancellation); // 1
        var current = OrganizationPolicy.Of(product, history.Count > 0 ? history[0] : null);
        PolicyTag.Require(call, current.Engine.PolicyVersion); // 2
        if (overlay is null && current.Row?.Overlay is null)
            throw RequestException.NotFound("policy overlay", "of your organisation");
        if (current.Row?.Overlay is null || current.Engine.PolicyVersion != version || overlay is null)
        {
            var row = new OverlayRow(current.Revision + 1, overlay, version, call.Caller().Subject, clock.GetUtcNow());
            if (!await OverlayRows.TryAddAsync(transaction, row, cancellation)) // 3
                throw PolicyTag.IsGiven(call) ? RequestException.Stale("policy") : RequestException.Conflict("concurrent_change", "it was changed at the same time by another request; send it again");
            await transaction.CommitAsync(cancellation);
            history = [row, .. history.Take(Shown - 1)];
        }
        policies.Remember(orgId, history[0]); // 4
        PolicyTag.Write(call, version);
        return PolicyMapping.ToPolicy(OrganizationPolicy.Of(product, history[0]), product.Policy, history);
    }
}
