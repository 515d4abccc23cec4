using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>Takes an organisation back to the product's policy.</summary>
internal sealed class DeletePolicyOverlay(PromptEnhancer product, OverlayWriting writing)
{
    /// <summary>Answers DELETE /v1/policy/overlay. Errors: 404 when there is none, 409 and 412 when it was changed meanwhile.</summary>
    public Task<Policy> HandleAsync(ServerCallContext call) => writing.WriteAsync(call, overlay: null, product.PolicyVersion);
}
