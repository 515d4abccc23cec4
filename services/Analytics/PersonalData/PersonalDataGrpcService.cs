using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Timeouts;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Analytics.PersonalData;

/// <summary>Hands out this service's part of an export.</summary>
internal sealed class PersonalDataGrpcService(DownloadPersonalData download) : PersonalDataService.PersonalDataServiceBase
{
    // A download lasts as long as its reader takes.
    [DisableRequestTimeout]
    public override Task DownloadPersonalData(DownloadPersonalDataRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        download.HandleAsync(
            request.Id,
            context.Caller().OrgId,
            part => responseStream.WriteAsync(new HttpBody { ContentType = Messaging.PersonalData.DownloadPersonalData.ContentType, Data = ByteString.CopyFrom(part) }, context.CancellationToken),
            context.CancellationToken);
}
