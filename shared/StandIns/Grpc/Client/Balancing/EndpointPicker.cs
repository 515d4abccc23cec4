using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace PromptPlatform.GrpcTransport;

/// <summary>Chooses an address for each attempt: in turn, or the first that works. Keeps the last good answer of its resolver.</summary>
internal sealed class EndpointPicker : IDisposable
{
    private readonly Lock gate = new();
    private readonly Resolver? resolver;
    private readonly string scheme;
    private readonly bool inTurn;
    private readonly Ejection ejection;
    private ChannelEndpoint[] endpoints = [];
    private TaskCompletionSource change = NewChange();
    private Status? failure;
    private uint next;

    /// <summary>Over one address that never changes.</summary>
    public EndpointPicker(Uri address, Ejection ejection)
    {
        this.ejection = ejection;
        scheme = address.Scheme;
        endpoints = [new ChannelEndpoint(address, null, ejection)];
    }

    /// <summary>Over the addresses of a resolver.</summary>
    public EndpointPicker(Resolver resolver, string scheme, bool inTurn, Ejection ejection)
    {
        this.resolver = resolver;
        this.scheme = scheme;
        this.inTurn = inTurn;
        this.ejection = ejection;
        resolver.Start(Accept);
    }

    /// <summary>How long a call that waits for a connection sleeps at most before it tries again.</summary>
    public TimeSpan LongestPause => ejection.WaitAfter(1);

    public int Count => Volatile.Read(ref endpoints).Length;

    /// <summary>An address, if possible another than the one to avoid. Waits for the first answer of the resolver; UNAVAILABLE when that is a failure.</summary>
    public ValueTask<ChannelEndpoint> PickAsync(ChannelEndpoint? avoid, bool waitForReady, CancellationToken cancellation)
    {
        ChannelEndpoint[] known = Volatile.Read(ref endpoints);
        return known.Length == 1 ? new(known[0])
            : known.Length > 0 ? new(Pick(known, avoid))
            : WaitAsync(avoid, waitForReady, cancellation);
    }

    /// <summary>Leaves an address out for a while and asks whether there are others.</summary>
    public void Failed(ChannelEndpoint endpoint)
    {
        if (endpoint.Failed())
        {
            resolver?.Refresh();
        }
    }

    public void Dispose() => resolver?.Dispose();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChannelEndpoint Pick(ChannelEndpoint[] known, ChannelEndpoint? avoid)
    {
        uint start = inTurn ? Interlocked.Increment(ref next) : 0;
        for (uint i = 0; i < known.Length; i++)
        {
            ChannelEndpoint candidate = known[(start + i) % (uint)known.Length];
            if (candidate != avoid && candidate.TryTake())
            {
                return candidate;
            }
        }

        // All are left out: better one of them than none.
        return known[(start + (known[start % (uint)known.Length] == avoid ? 1u : 0u)) % (uint)known.Length];
    }

    private async ValueTask<ChannelEndpoint> WaitAsync(ChannelEndpoint? avoid, bool waitForReady, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (gate)
            {
                if (endpoints.Length > 0)
                {
                    return Pick(endpoints, avoid);
                }

                if (failure is { } status && !waitForReady)
                {
                    throw new RpcException(status);
                }

                changed = change.Task;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Accept(ResolverResult result)
    {
        lock (gate)
        {
            if (result.Addresses is { Count: > 0 } found)
            {
                var known = endpoints.ToDictionary(endpoint => (endpoint.Address, endpoint.HostOverride));
                endpoints = [.. found.Select(address => (ChannelEndpoint.UriOf(scheme, address.EndPoint), address.HostOverride)).Distinct()
                    .Select(key => known.GetValueOrDefault(key) ?? new ChannelEndpoint(key.Item1, key.HostOverride, ejection))];
                failure = null;
            }
            else
            {
                failure = result.Addresses is null ? result.Status : new Status(StatusCode.Unavailable, "The resolver found no address.");
            }

            TaskCompletionSource done = change;
            change = NewChange();
            done.TrySetResult();
        }
    }
}
