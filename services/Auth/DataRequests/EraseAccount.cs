using System.Text;
using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Auth.Revocations;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>Lets every service erase the data of an actor, or of an organisation, whose account is closed: its keys end in the same commit.</summary>
internal sealed class EraseAccount(TenantDatabase database, PlatformCipher cipher, RevocationFeed feed, TimeProvider clock, ILogger<EraseAccount> logger)
{
    private static readonly TimeSpan s_receiptsKept = TimeSpan.FromDays(30);

    /// <summary>Answers DELETE /v1/account. Errors: 400 without the right confirmation, 409 <c>operator_organization</c>.</summary>
    public async Task<EraseAccountResponse> HandleAsync(EraseAccountRequest request, Caller caller, CancellationToken cancellation)
    {
        DataRequest.CheckActor(request.Actor);
        bool isWhole = request.Actor.Length == 0;
        string organization = PublicId.Format("org", caller.OrgId);
        if (isWhole && request.Confirm != organization)
            throw RequestException.Invalid("confirm", $"is not the id of your organisation; to close its account and erase everything send confirm={organization}, to erase one actor send actor");
        if (!isWhole && request.Confirm.Length > 0)
            throw RequestException.Invalid("confirm", "belongs to closing your organisation's account; leave it out to erase one actor, or actor to close the account");
        var now = clock.GetStoredNow();
        var made = DataRequest.Make(DataRequest.Erasure, now);
        byte[]? actor = isWhole ? null : cipher.Seal(made.Id, DataRequestRows.ActorPlace, Encoding.UTF8.GetBytes(request.Actor));
        await using var transaction = await database.BeginAsync(caller.OrgId, cancellation);
        await using var batch = transaction.Batch();
        string receiptKey = "";
        if (isWhole)
        {
            if (await OrganizationRows.FindAsync(transaction, caller.OrgId, cancellation) is { IsOperator: true })
                throw RequestException.Conflict("operator_organization", "the operator's organisation runs the platform and cannot be closed; erase actors of it one by one");
            receiptKey = Close(batch, caller.OrgId, now);
        }
        DataRequestRows.Insert(batch, caller.OrgId, made, actor);
        batch.Announce(new AccountErased(Guid.CreateVersion7(now), now, caller.OrgId, made.Id, request.Actor));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        feed.Hurry();
        logger.ErasureRequested(made.ToPublicId(), organization, isWhole);
        return new EraseAccountResponse { Request = (made with { Actor = actor }).ToMessage(cipher), ReceiptKey = receiptKey };
    }

    /// <summary>Ends every key and makes the one that reads the receipts; answers its secret.</summary>
    private static string Close(Npgsql.NpgsqlBatch batch, Guid orgId, DateTimeOffset now)
    {
        var (key, secret) = ApiKeys.ApiKey.Make(orgId, "receipts", ApiKeySecret.Live, [KeyScopes.AccountRead], now + s_receiptsKept, now);
        ApiKeyRows.RevokeAll(batch, orgId, now);
        ApiKeyRows.Insert(batch, key, ApiKeySecret.Hash(secret));
        return secret;
    }
}
