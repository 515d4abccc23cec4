namespace PromptPlatform.Gateway.Limits;

/// <summary>A token bucket: holds up to <paramref name="burst"/> tokens, gains <paramref name="perSecond"/> a second, starts full.</summary>
internal sealed class TokenBucket(double perSecond, int burst, TimeProvider clock)
{
    private readonly Lock _door = new();
    private double _tokens = burst;
    private long _countedAt = clock.GetTimestamp();

    /// <summary>Takes a token when there is one.</summary>
    public BucketState Take()
    {
        lock (_door)
        {
            Refill();
            bool admitted = _tokens >= 1;
            if (admitted)
                _tokens -= 1;
            return State(admitted);
        }
    }

    /// <summary>Looks without taking.</summary>
    public BucketState Peek()
    {
        lock (_door)
        {
            Refill();
            return State(_tokens >= 1);
        }
    }

    /// <summary>Returns a token whose request was refused elsewhere.</summary>
    public void GiveBack()
    {
        lock (_door)
            _tokens = Math.Min(burst, _tokens + 1);
    }

    /// <summary>Whether it is full, so that forgetting it changes nothing.</summary>
    public bool IsIdle()
    {
        lock (_door)
        {
            Refill();
            return _tokens >= burst;
        }
    }

    private void Refill()
    {
        long now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + clock.GetElapsedTime(_countedAt, now).TotalSeconds * perSecond);
        _countedAt = now;
    }

    private BucketState State(bool admitted) => new(
        admitted,
        burst,
        (int)_tokens,
        TimeSpan.FromSeconds((burst - _tokens) / perSecond),
        _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / perSecond));
}
