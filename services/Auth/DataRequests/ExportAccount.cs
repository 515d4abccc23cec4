using System.Text;
using Grpc.Core;
using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using Message = PromptPlatform.Contracts.Auth.V1.DataRequest;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>Asks every service for a copy of data; the request and its news are one commit.</summary>
internal sealed class ExportAccount(TenantDatabase database, IdempotentRequests requests, PlatformCipher cipher, TimeProvider clock)
{
    private const int MaxOpen = 5;

    // A service that never answers must not keep others from being asked.
    private static readonly TimeSpan s_openFor = TimeSpan.FromDays(1);

    /// <summary>Answers POST /v1/account:export. Errors: 400, 429 <c>exports_busy</c>.</summary>
    public Task<Message> HandleAsync(ExportAccountRequest request, ServerCallContext call)
    {
        DataRequest.CheckActor(request.Actor);
        var orgId = call.Caller().OrgId;
        return requests.RunAsync(call, request, async cancellation =>
        {
            var now = clock.GetStoredNow();
            await RequireRoomAsync(orgId, now, cancellation);
            var made = DataRequest.Make(DataRequest.Export, now);
            made = made with { Actor = request.Actor.Length == 0 ? null : cipher.Seal(made.Id, DataRequestRows.ActorPlace, Encoding.UTF8.GetBytes(request.Actor)) };
            return new Effect<Message>(made.ToMessage(cipher), made.Id, batch =>
            {
                DataRequestRows.Insert(batch, orgId, made, made.Actor);
                batch.Announce(new AccountExportRequested(Guid.CreateVersion7(now), now, orgId, made.Id, request.Actor));
            });
        });
    }

    private async Task RequireRoomAsync(Guid orgId, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (await DataRequestRows.OpenExportsAsync(transaction, now - s_openFor, cancellation) >= MaxOpen)
            throw RequestException.Exhausted("exports_busy", $"{MaxOpen} exports of your organisation are being made; wait until one is done", TimeSpan.FromSeconds(10));
    }
}
