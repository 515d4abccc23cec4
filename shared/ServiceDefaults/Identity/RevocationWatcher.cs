using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PromptPlatform.Contracts.Auth.V1;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>
/// Keeps the <see cref="RevocationList"/> up to date from Auth's stream; when the stream breaks it polls once and opens it again.
/// The stream beats every two seconds, so a dead one is noticed within five.
/// </summary>
internal sealed class RevocationWatcher(AuthService.AuthServiceClient auth, RevocationList list, TimeProvider clock, ILogger<RevocationWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(500);
    private long _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (RpcException) when (stoppingToken.IsCancellationRequested)
            {
                // Our own stop ended the call; to the host only an OperationCanceledException would say so.
                return;
            }
            catch (Exception error) when (error is RpcException or OperationCanceledException or HttpRequestException && !stoppingToken.IsCancellationRequested)
            {
                logger.RevocationStreamBroke(s_retry, error);
                await PollAsync(stoppingToken);
                await Task.Delay(s_retry, clock, stoppingToken);
            }
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        silence.CancelAfter(s_silence);
        using var call = auth.WatchRevocations(new WatchRevocationsRequest { After = _last }, cancellationToken: silence.Token);
        while (await call.ResponseStream.MoveNext(silence.Token))
        {
            silence.CancelAfter(s_silence);
            Take(call.ResponseStream.Current);
        }
    }

    // Something between us and Auth may break every stream and let plain calls through.
    private async Task PollAsync(CancellationToken stopping)
    {
        try
        {
            Take(await auth.ListRevocationsAsync(new ListRevocationsRequest { After = _last }, deadline: clock.GetUtcNow().UtcDateTime.AddSeconds(2), cancellationToken: stopping));
        }
        catch (RpcException error)
        {
            logger.RevocationPollFailed(error);
        }
    }

    private void Take(RevocationBatch batch)
    {
        foreach (var revocation in batch.Revocations)
            list.Add(revocation.Kind, revocation.Id);
        _last = Math.Max(_last, batch.LastSequence);
    }
}
