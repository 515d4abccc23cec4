namespace PromptPlatform.Gateway.Limits;

/// <summary>Leaves a store alone that has failed <paramref name="failures"/> times in a row; every <paramref name="pause"/> one request may try it.</summary>
internal sealed class StoreBreaker(int failures, TimeSpan pause, TimeProvider clock)
{
    private readonly Lock _door = new();
    private int _inARow;
    private long _openedAt;

    /// <summary>Whether to ask the store.</summary>
    public bool MayTry()
    {
        // The usual case takes no lock.
        if (Volatile.Read(ref _inARow) < failures)
            return true;
        lock (_door)
        {
            if (clock.GetElapsedTime(_openedAt) < pause)
                return false;
            _openedAt = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>It answered; true when it had been left alone.</summary>
    public bool Succeeded() => Volatile.Read(ref _inARow) != 0 && Interlocked.Exchange(ref _inARow, 0) >= failures;

    /// <summary>It did not; true when it is left alone from now on.</summary>
    public bool Failed()
    {
        lock (_door)
        {
            _openedAt = clock.GetTimestamp();
            return ++_inARow == failures;
        }
    }
}
