using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Text;
using FeedbackMessage = PromptPlatform.Contracts.Enhancement.V1.Feedback;

namespace PromptPlatform.Enhancement.Feedback;

/// <summary>Feedback rows to the public message: the texts are decrypted on the way.</summary>
internal static class FeedbackTexts
{
    public static async Task<FeedbackMessage> ReadAsync(this PromptCipher cipher, Guid orgId, FeedbackRow row, CancellationToken cancellation)
    {
        var message = new FeedbackMessage
        {
            EnhancementId = PublicId.Format("enh", row.EnhancementId),
            Rating = row.Rating,
            ChosenVariation = row.ChosenVariation,
            Outcome = row.Outcome,
            CreatedAt = Timestamp.FromDateTimeOffset(row.CreatedAt),
            UpdatedAt = Timestamp.FromDateTimeOffset(row.UpdatedAt),
            EditableUntil = Timestamp.FromDateTimeOffset(row.EditableUntil),
        };
        if (row.Stars is { } stars)
            message.Stars = stars;
        if (row.CorrectedText is not null)
            message.CorrectedText = await cipher.DecryptTextAsync(orgId, row.EnhancementId, FeedbackRows.CorrectedTextPlace, row.CorrectedText, cancellation);
        if (row.Comment is not null)
            message.Comment = await cipher.DecryptTextAsync(orgId, row.EnhancementId, FeedbackRows.CommentPlace, row.Comment, cancellation);
        return message;
    }

    public static async Task<byte[]?> SealAsync(this PromptCipher cipher, Guid orgId, Guid enhancementId, string place, string text, CancellationToken cancellation) =>
        text.Length == 0 ? null : await cipher.EncryptAsync(orgId, enhancementId, place, text, cancellation);
}
