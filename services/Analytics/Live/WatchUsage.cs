using System.Text.Json;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Analytics.Live;

/// <summary>Pushes the counters of the present day as server-sent events until the caller goes, its key is revoked, its token ends or the service stops.</summary>
internal sealed class WatchUsage(LiveUsage live, RevocationList revocations, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const string ContentType = "text/event-stream; charset=utf-8";
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_lookForEnd = TimeSpan.FromSeconds(1);

    public async Task HandleAsync(Caller caller, IServerStreamWriter<HttpBody> stream, CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, lifetime.ApplicationStopping);
        var organization = live.Enter(caller.OrgId);
        try
        {
            if (!organization.IsKnown)
                await live.RefreshAsync(caller.OrgId, organization, end.Token);
            await PushAsync(caller, organization, stream, end.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            // The stream ends like any other; its reader opens it again at a replica that stays.
        }
        finally
        {
            live.Leave(caller.OrgId, organization);
        }
    }

    private async Task PushAsync(Caller caller, LiveOrganization organization, IServerStreamWriter<HttpBody> stream, CancellationToken cancellation)
    {
        var seen = LiveCounters.Unknown;
        var spoken = clock.GetUtcNow();
        while (clock.GetUtcNow() < caller.ExpiresAt && !revocations.IsRevoked(caller))
        {
            if (await organization.NextAsync(seen, s_lookForEnd, clock, cancellation) is { } counters)
                await WriteAsync(stream, $"event: usage\ndata: {JsonSerializer.Serialize(seen = counters, JsonSerializerOptions.Web)}\n\n", cancellation);
            else if (clock.GetUtcNow() - spoken >= s_heartbeat)
                await WriteAsync(stream, ": nothing new\n\n", cancellation);
            else
                continue;
            spoken = clock.GetUtcNow();
        }
    }

    private static Task WriteAsync(IServerStreamWriter<HttpBody> stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(new HttpBody { ContentType = ContentType, Data = ByteString.CopyFromUtf8(text) }, cancellation);
}
