using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>The policy as it is for the caller's organisation, with the changes that led there; always as the database has it.</summary>
internal sealed class GetPolicy(TenantDatabase database, PromptEnhancer product, OrganizationPolicies policies)
{
    /// <summary>Answers GET /v1/policy.</summary>
    public async Task<Policy> HandleAsync(ServerCallContext call)
    {
        var orgId = call.Caller().OrgId;
        await using var transaction = await database.BeginAsync(orgId, call.CancellationToken);
        var history = await OverlayRows.ListAsync(transaction, OverlayWriting.Shown, call.CancellationToken);
        policies.Remember(orgId, history.Count > 0 ? history[0] : null);
        var policy = OrganizationPolicy.Of(product, history.Count > 0 ? history[0] : null);
        PolicyTag.Write(call, policy.Engine.PolicyVersion);
        return PolicyMapping.ToPolicy(policy, product.Policy, history);
    }
}
