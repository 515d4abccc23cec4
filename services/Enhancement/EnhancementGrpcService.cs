using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Feedback;
using PromptPlatform.Enhancement.History;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Requests;

namespace PromptPlatform.Enhancement;

/// <summary>The RPCs of the service, each one line to its use case.</summary>
internal sealed class EnhancementGrpcService(
    EnhancePrompt enhance, EnhanceBatch batch, AnalyzePrompt analyze, ListEnhancements list, GetEnhancement get, ApplyEdits apply, DeleteEnhancement delete, SubmitFeedback feedback,
    GetPolicy policy, PutPolicyOverlay putOverlay, DeletePolicyOverlay deleteOverlay, ValidatePolicy validate)
    : EnhancementService.EnhancementServiceBase
{
    public override Task<EnhanceResponse> Enhance(EnhanceRequest request, ServerCallContext context) => enhance.HandleAsync(request, context);

    public override Task<AnalyzeResponse> Analyze(AnalyzeRequest request, ServerCallContext context) => analyze.HandleAsync(request, context);

    public override Task<BatchEnhanceResponse> BatchEnhance(BatchEnhanceRequest request, ServerCallContext context) => batch.HandleAsync(request, context);

    public override Task<ListEnhancementsResponse> ListEnhancements(ListEnhancementsRequest request, ServerCallContext context) => list.HandleAsync(request, context);

    public override Task<EnhanceResponse> GetEnhancement(GetEnhancementRequest request, ServerCallContext context) => get.HandleAsync(request, context);

    public override Task<ApplyEditsResponse> ApplyEdits(ApplyEditsRequest request, ServerCallContext context) => apply.HandleAsync(request, context);

    public override Task<DeleteEnhancementResponse> DeleteEnhancement(DeleteEnhancementRequest request, ServerCallContext context) => delete.HandleAsync(request, context);

    public override Task<Contracts.Enhancement.V1.Feedback> SubmitFeedback(SubmitFeedbackRequest request, ServerCallContext context) => feedback.HandleAsync(request, context);

    public override Task<Policy> GetPolicy(GetPolicyRequest request, ServerCallContext context) => policy.HandleAsync(context);

    public override Task<Policy> PutPolicyOverlay(PolicyOverlay request, ServerCallContext context) => putOverlay.HandleAsync(request, context);

    public override Task<Policy> DeletePolicyOverlay(DeletePolicyOverlayRequest request, ServerCallContext context) => deleteOverlay.HandleAsync(context);

    public override Task<ValidatePolicyResponse> ValidatePolicy(ValidatePolicyRequest request, ServerCallContext context) => validate.HandleAsync(request, context);
}
