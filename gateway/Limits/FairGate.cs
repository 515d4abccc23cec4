namespace PromptPlatform.Gateway.Limits;

/// <summary>
/// Room for requests, shared fairly: whoever has the fewest in flight goes first, nobody has more than a share, and when too many
/// wait the one with the most is refused. Which tenant that is does not depend on who asks how often.
/// </summary>
internal sealed class FairGate(SheddingOptions options, AdaptiveLimit limit, TimeProvider clock)
{
    private readonly Lock _door = new();
    // Those with a request here: as many as there are requests at most.
    private readonly Dictionary<Guid, Tenant> _tenants = [];
    private int _inFlight;
    private int _waiting;

    /// <summary>Requests that the services work on.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Requests that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Waits for room; the caller leaves it by <see cref="Leave"/> if the answer is <see cref="Entry.Entered"/>.</summary>
    public ValueTask<Entry> EnterAsync(Guid tenant, CancellationToken cancellation)
    {
        Waiter waiter;
        lock (_door)
        {
            if (!_tenants.TryGetValue(tenant, out var mine))
                _tenants[tenant] = mine = new Tenant(tenant);
            if (mine.Waiting.Count == 0 && HasRoom(mine))
            {
                Admit(mine);
                return new ValueTask<Entry>(Entry.Entered);
            }
            limit.Reached();
            if (_waiting >= options.MaxWaiting && !TryMakeRoomFor(mine))
            {
                Forget(mine);
                return new ValueTask<Entry>(Entry.Full);
            }
            waiter = new Waiter(mine);
            waiter.Node = mine.Waiting.AddLast(waiter);
            _waiting++;
        }
        return new ValueTask<Entry>(WaitAsync(waiter, cancellation));
    }

    /// <summary>Gives room back.</summary>
    public void Leave(Guid tenant)
    {
        lock (_door)
        {
            var mine = _tenants[tenant];
            mine.InFlight--;
            _inFlight--;
            while (Next() is { } next)
            {
                var waiter = next.Waiting.First!.Value;
                Remove(waiter);
                Admit(next);
                waiter.Ended.TrySetResult(Entry.Entered);
            }
            Forget(mine);
        }
    }

    private async Task<Entry> WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        try
        {
            return await waiter.Ended.Task.WaitAsync(options.MaxWait, clock, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            lock (_door)
            {
                if (waiter.Node is not null)
                {
                    Remove(waiter);
                    Forget(waiter.Tenant);
                    return Entry.WaitedInVain;
                }
            }
            // It was decided in the same moment.
            return await waiter.Ended.Task;
        }
    }

    private bool HasRoom(Tenant tenant)
    {
        int all = limit.Current;
        return _inFlight < all && tenant.InFlight < Math.Max(1, (int)Math.Ceiling(all * options.OrganizationShare));
    }

    private void Admit(Tenant tenant)
    {
        tenant.InFlight++;
        _inFlight++;
    }

    // Of those that may enter the one with the fewest in flight, and among equals who has waited longest.
    private Tenant? Next()
    {
        if (_waiting == 0)
            return null;
        Tenant? best = null;
        foreach (var tenant in _tenants.Values)
        {
            if (tenant.Waiting.Count > 0 && HasRoom(tenant) && (best is null || (tenant.InFlight, tenant.Waiting.First!.Value.Number).CompareTo((best.InFlight, best.Waiting.First!.Value.Number)) < 0))
                best = tenant;
        }
        return best;
    }

    // The last one of the tenant with the most goes, unless the newcomer is that tenant.
    private bool TryMakeRoomFor(Tenant newcomer)
    {
        Tenant? most = null;
        foreach (var tenant in _tenants.Values)
        {
            if (tenant.Waiting.Count > 0 && (most is null || tenant.Total > most.Total))
                most = tenant;
        }
        if (most is null || most.Total <= newcomer.Total + 1)
            return false;
        var last = most.Waiting.Last!.Value;
        Remove(last);
        last.Ended.TrySetResult(Entry.Full);
        return true;
    }

    private void Remove(Waiter waiter)
    {
        waiter.Tenant.Waiting.Remove(waiter.Node!);
        waiter.Node = null;
        _waiting--;
    }

    private void Forget(Tenant tenant)
    {
        if (tenant.Total == 0)
            _tenants.Remove(tenant.Id);
    }

    private sealed class Tenant(Guid id)
    {
        public Guid Id => id;

        public int InFlight { get; set; }

        public LinkedList<Waiter> Waiting { get; } = [];

        public int Total => InFlight + Waiting.Count;
    }

    private sealed class Waiter(Tenant tenant)
    {
        private static long s_numbers;

        public long Number { get; } = Interlocked.Increment(ref s_numbers);

        public Tenant Tenant => tenant;

        // Null as soon as it is decided.
        public LinkedListNode<Waiter>? Node { get; set; }

        public TaskCompletionSource<Entry> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>How waiting for room ended.</summary>
internal enum Entry
{
    /// <summary>There is room.</summary>
    Entered,

    /// <summary>Too many wait, and this tenant has the most.</summary>
    Full,

    /// <summary>There was no room in time, or the caller went away.</summary>
    WaitedInVain,
}
