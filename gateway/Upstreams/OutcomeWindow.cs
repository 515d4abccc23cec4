namespace PromptPlatform.Gateway.Upstreams;

/// <summary>How the requests to one replica ended within the last three seconds.</summary>
internal sealed class OutcomeWindow(TimeProvider clock)
{
    private const int Slots = 6;
    private static readonly TimeSpan s_slot = TimeSpan.FromSeconds(0.5);
    private readonly Lock _door = new();
    private readonly (long Slot, int Total, int Failed)[] _slots = new (long, int, int)[Slots];

    /// <summary>Failures without a success between them.</summary>
    public int InARow { get; private set; }

    /// <summary>Notes how a request ended.</summary>
    public void Add(bool failed)
    {
        long now = Now();
        lock (_door)
        {
            InARow = failed ? InARow + 1 : 0;
            ref var slot = ref _slots[now % Slots];
            if (slot.Slot != now)
                slot = (now, 0, 0);
            slot.Total++;
            slot.Failed += failed ? 1 : 0;
        }
    }

    /// <summary>Requests and failures of the window.</summary>
    public (int Total, int Failed) Read()
    {
        long oldest = Now() - Slots + 1;
        var sum = (Total: 0, Failed: 0);
        lock (_door)
        {
            foreach (var slot in _slots)
            {
                if (slot.Slot >= oldest)
                    sum = (sum.Total + slot.Total, sum.Failed + slot.Failed);
            }
        }
        return sum;
    }

    private long Now() => clock.GetTimestamp() / (long)(s_slot.TotalSeconds * clock.TimestampFrequency);
}
