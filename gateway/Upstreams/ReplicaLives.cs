using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>Tells those who wait for a replica that it has stopped to answer.</summary>
internal sealed class ReplicaLives
{
    // Never disposed: they have no timer, and somebody may be about to take a token.
    private readonly ConditionalWeakTable<DestinationState, CancellationTokenSource> _lives = [];

    /// <summary>Cancelled when the replica stops to answer.</summary>
    public CancellationToken Of(DestinationState replica) => _lives.GetValue(replica, _ => new CancellationTokenSource()).Token;

    /// <summary>It has stopped to answer; whoever comes from now on waits for its next life.</summary>
    public void End(DestinationState replica)
    {
        if (!_lives.TryGetValue(replica, out var life))
            return;
        _lives.AddOrUpdate(replica, new CancellationTokenSource());
        life.Cancel();
    }
}
