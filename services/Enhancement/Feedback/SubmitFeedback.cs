using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.History;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;
using FeedbackMessage = PromptPlatform.Contracts.Enhancement.V1.Feedback;

namespace PromptPlatform.Enhancement.Feedback;

/// <summary>Keeps what somebody says of an enhancement; sending it again within a day replaces what was said before.</summary>
internal sealed class SubmitFeedback(TenantDatabase database, PromptCipher cipher, IdempotentRequests idempotency, TimeProvider clock)
{
    /// <summary>Answers POST /v1/enhancements/{id}/feedback. Errors: 400 with the field, 404, 409 <c>feedback_closed</c> after a day and <c>feedback_limit</c> after 20 times, 413 of a text.</summary>
    public Task<FeedbackMessage> HandleAsync(SubmitFeedbackRequest request, ServerCallContext call)
    {
        FeedbackRules.Check(request);
        var id = PublicId.Parse("enh", "enhancement", request.Id);
        var caller = call.Caller();
        return idempotency.RunAsync(call, request, cancellation => DecideAsync(request, caller, id, cancellation));
    }

    private async Task<Effect<FeedbackMessage>> DecideAsync(SubmitFeedbackRequest request, Caller caller, Guid id, CancellationToken cancellation)
    {
        var orgId = caller.OrgId;
        var known = await FindAsync(request, orgId, id, cancellation);
        // What the database keeps, so that the answer and the history agree.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        known?.RequireEditable(now);
        var row = new FeedbackRow(
            id, (known?.Revision ?? 0) + 1, request.Rating, request.HasStars ? request.Stars : null, request.ChosenVariation, request.Outcome,
            await cipher.SealAsync(orgId, id, FeedbackRows.CorrectedTextPlace, request.CorrectedText, cancellation),
            await cipher.SealAsync(orgId, id, FeedbackRows.CommentPlace, request.Comment, cancellation),
            known?.CreatedAt ?? now, now);
        var news = new FeedbackSubmitted(Guid.CreateVersion7(now), now, orgId, id, row.Rating, known?.Rating ?? "", row.Stars, row.Outcome,
            caller.Subject, row.CorrectedText is not null, row.ChosenVariation);
        return new Effect<FeedbackMessage>(await cipher.ReadAsync(orgId, row, cancellation), id, batch => FeedbackRows.Save(batch, orgId, row, news), Rows: 1);
    }

    private async Task<FeedbackRow?> FindAsync(SubmitFeedbackRequest request, Guid orgId, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var enhancement = await StoredEnhancements.FindAsync(transaction, cipher, id, cancellation);
        FeedbackRules.CheckVariation(request.ChosenVariation, enhancement);
        return await FeedbackRows.FindAsync(transaction, id, cancellation);
    }
}
