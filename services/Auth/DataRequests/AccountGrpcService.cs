using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;
using Message = PromptPlatform.Contracts.Auth.V1.DataRequest;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>The RPCs of data requests, each one line to its use case.</summary>
internal sealed class AccountGrpcService(ExportAccount export, EraseAccount erase, ListDataRequests list, GetDataRequest get) : AccountService.AccountServiceBase
{
    public override Task<Message> ExportAccount(ExportAccountRequest request, ServerCallContext context) => export.HandleAsync(request, context);

    public override Task<EraseAccountResponse> EraseAccount(EraseAccountRequest request, ServerCallContext context) => erase.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<ListDataRequestsResponse> ListDataRequests(ListDataRequestsRequest request, ServerCallContext context) => list.HandleAsync(request, context.Caller(), context.CancellationToken);

    public override Task<Message> GetDataRequest(GetDataRequestRequest request, ServerCallContext context) => get.HandleAsync(request, context.Caller(), context.CancellationToken);
}
