namespace PromptPlatform.Analytics.Funnels;

/// <summary>Sums the counted attempts of all actors.</summary>
internal sealed class FunnelTally(int steps)
{
    private readonly List<double>[] _seconds = [.. Enumerable.Range(0, steps).Select(_ => new List<double>())];

    /// <summary>Adds the counted attempt of an actor.</summary>
    public void Add(FunnelAttempt attempt, IReadOnlyList<FunnelEvent> events)
    {
        _seconds[0].Add(0);
        for (int step = 1; step < attempt.Reached; step++)
            _seconds[step].Add((events[attempt.Events[step]].AtMicros - events[attempt.Events[step - 1]].AtMicros) / 1e6);
    }

    /// <summary>Adds all attempts of another.</summary>
    public void Add(FunnelTally other)
    {
        for (int step = 0; step < _seconds.Length; step++)
            _seconds[step].AddRange(other._seconds[step]);
    }

    /// <summary>Who began.</summary>
    public int Actors => _seconds[0].Count;

    /// <summary>The figures of each step.</summary>
    public IReadOnlyList<FunnelStepFigures> Figures() =>
        [.. _seconds.Select((seconds, step) => step == 0 || seconds.Count == 0
            ? new FunnelStepFigures(seconds.Count, null, null)
            : new FunnelStepFigures(seconds.Count, seconds.Average(), Median(seconds)))];

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

/// <summary>How many actors reached a step, and the seconds they took from the step before; null for the first step and where nobody arrived.</summary>
internal sealed record FunnelStepFigures(long Actors, double? AverageSeconds, double? MedianSeconds);
