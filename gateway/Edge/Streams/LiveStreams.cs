using System.Collections.Concurrent;
using PromptPlatform.Gateway.Access;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Gateway.Edge.Streams;

/// <summary>The streams and sockets that are open. A credential that is revoked, or a token that ends, ends those it opened.</summary>
internal sealed class LiveStreams : IDisposable
{
    private readonly ConcurrentDictionary<Stream, Grant> _open = new();
    private readonly RevocationList _revocations;
    private readonly TimeProvider _clock;

    public LiveStreams(RevocationList revocations, TimeProvider clock)
    {
        (_revocations, _clock) = (revocations, clock);
        revocations.Revoked += End;
    }

    /// <summary>Streams that are open and were opened with a credential.</summary>
    public int Count => _open.Count;

    /// <summary>Notes a stream until the result is disposed. <paramref name="grant"/>: null for a public route.</summary>
    public IDisposable? Add(Grant? grant, CancellationTokenSource end)
    {
        if (grant is null)
            return null;
        var stream = new Stream(this, end);
        _open[stream] = grant;
        if (grant.CallerEndsAt is { } endsAt)
            stream.EndAt(endsAt, _clock);
        // Revoked between the check of the credential and the line above.
        if (_revocations.IsRevoked(grant.Caller))
            stream.End();
        return stream;
    }

    public void Dispose() => _revocations.Revoked -= End;

    private void End(string kind, string id)
    {
        foreach (var (stream, grant) in _open)
        {
            if (kind == "key" ? grant.Caller.KeyId == id : PublicId.Format("org", grant.Caller.OrgId) == id)
                stream.End();
        }
    }

    private sealed class Stream(LiveStreams owner, CancellationTokenSource end) : IDisposable
    {
        private readonly Lock _door = new();
        private ITimer? _timer;
        private bool _gone;

        public void EndAt(DateTimeOffset at, TimeProvider clock)
        {
            var rest = at - clock.GetUtcNow();
            _timer = clock.CreateTimer(static stream => ((Stream)stream!).End(), this, rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        public void End()
        {
            // The source is disposed with its request.
            lock (_door)
            {
                if (!_gone)
                    _ = end.CancelAsync();
            }
        }

        public void Dispose()
        {
            owner._open.TryRemove(this, out _);
            _timer?.Dispose();
            lock (_door)
                _gone = true;
        }
    }
}
