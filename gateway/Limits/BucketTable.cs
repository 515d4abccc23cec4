using System.Collections.Concurrent;

namespace PromptPlatform.Gateway.Limits;

/// <summary>Buckets of one kind by whom they belong to. Full ones are forgotten every minute; when the table is full, newcomers share one bucket.</summary>
internal sealed class BucketTable<TOwner> : IDisposable
    where TOwner : notnull
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<TOwner, TokenBucket> _buckets = new();
    private readonly Func<TOwner, TokenBucket> _create;
    private readonly TokenBucket _shared;
    private readonly int _max;
    private readonly ITimer _sweeper;
    private int _count;

    public BucketTable(double perSecond, int burst, int max, TimeProvider clock)
    {
        _create = _ => new TokenBucket(perSecond, burst, clock);
        _shared = new TokenBucket(perSecond, burst, clock);
        _max = max;
        _sweeper = clock.CreateTimer(static table => ((BucketTable<TOwner>)table!).Sweep(), this, s_sweepEvery, s_sweepEvery);
    }

    /// <summary>Buckets kept.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The bucket of an owner.</summary>
    public TokenBucket Of(TOwner owner)
    {
        if (_buckets.TryGetValue(owner, out var known))
            return known;
        // The dictionary's own count locks all of it. Two newcomers at once may pass the bound by one each.
        if (Volatile.Read(ref _count) >= _max)
            return _shared;
        var made = _create(owner);
        if (!_buckets.TryAdd(owner, made))
            return _buckets.GetValueOrDefault(owner) ?? made;
        Interlocked.Increment(ref _count);
        return made;
    }

    public void Dispose() => _sweeper.Dispose();

    private void Sweep()
    {
        foreach (var pair in _buckets)
        {
            if (pair.Value.IsIdle() && _buckets.TryRemove(pair))
                Interlocked.Decrement(ref _count);
        }
    }
}
