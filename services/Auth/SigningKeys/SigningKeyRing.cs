using Microsoft.IdentityModel.Tokens;
using Npgsql;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Auth.SigningKeys;

/// <summary>This process's view of the signing keys, renewed every ten seconds, so that a rotation of any replica is known well before it takes effect.</summary>
internal sealed class SigningKeyRing(SigningKeyStore store, TimeProvider clock, ILogger<SigningKeyRing> logger) : BackgroundService, IHostedLifecycleService, ISigningKeys
{
    private static readonly TimeSpan s_renewEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile IReadOnlyList<SigningKey> _keys = [];

    /// <summary>The keys that verify now, the current one first.</summary>
    public IReadOnlyList<SigningKey> Published => KeySchedule.Published(_keys, clock.GetUtcNow());

    /// <summary>Whether there is a key to sign with.</summary>
    public bool IsReady => KeySchedule.Current(_keys, clock.GetUtcNow()) is not null;

    /// <summary>The key to sign with.</summary>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken cancellation)
    {
        if (KeySchedule.Current(_keys, clock.GetUtcNow()) is { } current)
            return current;
        await RenewAsync(cancellation);
        return KeySchedule.Current(_keys, clock.GetUtcNow()) ?? throw RequestException.Unavailable("the signing key");
    }

    public async ValueTask<SecurityKey?> FindAsync(string kid, CancellationToken cancellation)
    {
        if (!IsReady)
            await RenewAsync(cancellation);
        return Published.FirstOrDefault(k => k.Kid == kid)?.Verifier;
    }

    /// <summary>Makes a new key, which signs after <see cref="KeySchedule.Announce"/>.</summary>
    public async Task<SigningKey> RotateAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _keys = await store.RotateAsync(cancellation);
            return _keys[^1];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads the keys before anything else starts; when the database is away the loop goes on trying.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => TryRenewAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    internal async Task RenewAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _keys = await store.LoadAsync(_keys, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(IsReady ? s_renewEvery : s_retry, clock, stoppingToken);
            await TryRenewAsync(stoppingToken);
        }
    }

    private async Task TryRenewAsync(CancellationToken cancellation)
    {
        try
        {
            await RenewAsync(cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            logger.SigningKeysUnread(error);
        }
    }
}
