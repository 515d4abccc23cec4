using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.History;

/// <summary>Stored answers, decrypted.</summary>
internal static class StoredEnhancements
{
    /// <summary>The answer as it was given; not found for another organisation's.</summary>
    public static async Task<EnhanceResponse> FindAsync(TenantTransaction transaction, PromptCipher cipher, Guid id, CancellationToken cancellation)
    {
        var row = await EnhancementRows.FindAsync(transaction, id, cancellation) ?? throw RequestException.NotFound("enhancement", PublicId.Format("enh", id));
        return await OpenAsync(cipher, transaction.OrgId, row, cancellation);
    }

    public static async Task<EnhanceResponse> OpenAsync(PromptCipher cipher, Guid orgId, EnhancementRow row, CancellationToken cancellation) =>
        EnhanceResponse.Parser.ParseFrom(await cipher.DecryptAsync(orgId, row.Id, EnhancementRows.AnswerPlace, row.Answer, cancellation));
}
