using PromptPlatform.Auth.Organizations;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;
using Message = PromptPlatform.Contracts.Auth.V1.DataRequest;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>How far a data request is: one of the caller's organisation, or any for the operator.</summary>
internal sealed class GetDataRequest(TenantDatabase database, PlatformCipher cipher)
{
    public async Task<Message> HandleAsync(GetDataRequestRequest request, Caller caller, CancellationToken cancellation)
    {
        var id = PublicId.Parse(DataRequest.Prefix, DataRequest.Noun, request.Id);
        await using var transaction = await database.BeginOrganizationsAsync(caller, cancellation);
        var found = await DataRequestRows.FindAsync(transaction, id, cancellation) ?? throw RequestException.NotFound(DataRequest.Noun, request.Id);
        return found.ToMessage(cipher);
    }
}
