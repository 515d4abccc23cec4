using System.Text;
using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Text;
using Message = PromptPlatform.Contracts.Auth.V1.DataRequest;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>Data requests between contract and code.</summary>
internal static class DataRequestMapping
{
    public static string ToPublicId(this DataRequest request) => PublicId.Format(DataRequest.Prefix, request.Id);

    public static Message ToMessage(this DataRequest request, PlatformCipher cipher) => new()
    {
        Id = request.ToPublicId(),
        Kind = request.Kind,
        Actor = request.Actor is { } actor ? Encoding.UTF8.GetString(cipher.Open(request.Id, DataRequestRows.ActorPlace, actor)) : "",
        Status = request.DoneAt is null ? "pending" : "done",
        CreatedAt = request.CreatedAt.ToTimestamp(),
        DoneAt = request.DoneAt?.ToTimestamp(),
        ExpiresAt = request.Kind == DataRequest.Export ? (request.DoneAt + DataRequest.ExportKept)?.ToTimestamp() : null,
        Services = { request.Services.Select(service => Part(request, service)) },
    };

    private static DataRequestPart Part(DataRequest request, string service)
    {
        if (request.Receipts.FirstOrDefault(r => r.Service == service) is not { } receipt)
            return new DataRequestPart { Service = service, Status = "pending" };
        return new DataRequestPart
        {
            Service = service,
            Status = "done",
            Rows = receipt.Data.Sum(d => d.Rows),
            Data = { receipt.Data.Select(d => new DataRequestCount { Kind = d.What, Rows = d.Rows }) },
            DoneAt = receipt.DoneAt.ToTimestamp(),
            Path = request.Kind == DataRequest.Export ? $"/v1/account/data-requests/{request.ToPublicId()}/{service}" : "",
        };
    }
}
