using System.Collections.Concurrent;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>This service's tokens, one per audience, renewed a minute before they expire. One fetch at a time per audience.</summary>
internal sealed class ServiceTokens(ServiceTokenSource source, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>Methods that are open to everybody, among them the one that fetches tokens.</summary>
    public static bool NeedsNone(string method) =>
        method is "/promptplatform.auth.v1.AuthService/ExchangeServiceSecret"
            or "/promptplatform.auth.v1.AuthService/ExchangeApiKey"
            or "/promptplatform.auth.v1.AuthService/GetJwks";

    public async ValueTask<string> GetAsync(string audience, CancellationToken cancellation)
    {
        var slot = _slots.GetOrAdd(audience, static _ => new Slot());
        if (slot.IsFresh(clock.GetUtcNow() + s_renewBefore))
            return slot.Token;
        await slot.Gate.WaitAsync(cancellation);
        try
        {
            if (!slot.IsFresh(clock.GetUtcNow() + s_renewBefore))
                (slot.Token, slot.ExpiresAt) = await source.FetchAsync(audience, cancellation);
            return slot.Token;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var slot in _slots.Values)
            slot.Dispose();
    }

    private sealed class Slot : IDisposable
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public volatile string Token = "";
        private long _expiresTicks;

        public DateTimeOffset ExpiresAt
        {
            get => new(Volatile.Read(ref _expiresTicks), TimeSpan.Zero);
            set => Volatile.Write(ref _expiresTicks, value.UtcTicks);
        }

        public bool IsFresh(DateTimeOffset at) => Token.Length > 0 && ExpiresAt > at;

        public void Dispose() => Gate.Dispose();
    }
}
