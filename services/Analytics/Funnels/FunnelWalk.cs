namespace PromptPlatform.Analytics.Funnels;

/// <summary>
/// Finds the attempt with which an actor is counted: the one with most steps, of those the first. Each event that can be the first step
/// starts an attempt, and every next step is the earliest event that can be it. An attempt costs steps × log(events), however long its window is.
/// </summary>
/// <param name="events">The actor's events by time; those at the same time in the order of their arrival.</param>
/// <param name="plan">The funnel.</param>
internal sealed class FunnelWalk(IReadOnlyList<FunnelEvent> events, FunnelPlan plan)
{
    private readonly List<int>[] _steps = Positions(events, plan.Steps, e => e.Steps);
    private readonly List<int>[] _exclusions = Positions(events, plan.Exclusions.Count, e => e.Exclusions);

    /// <summary>The counted attempt; null when the actor never began or every attempt is void.</summary>
    public FunnelAttempt? Best()
    {
        List<int>? best = null;
        for (int start = 0; start < events.Count && best?.Count != plan.Steps; start++)
        {
            if (!CanStart(events[start]))
                continue;
            var attempt = plan.Order == FunnelOrder.Unordered ? AnyOrder(start) : InOrder(start);
            if (attempt.Count > (best?.Count ?? 0) && !IsVoid(attempt))
                best = attempt;
        }
        return best is null ? null : new FunnelAttempt(best);
    }

    private bool CanStart(FunnelEvent happened) => plan.Order == FunnelOrder.Unordered ? happened.Steps != 0 : (happened.Steps & 1) != 0;

    private List<int> InOrder(int start)
    {
        var reached = new List<int>(plan.Steps) { start };
        while (reached.Count < plan.Steps)
        {
            int next = Next(_steps[reached.Count], reached[^1], skip: 0);
            if (next < 0 || !IsInWindow(start, next) || (plan.Order == FunnelOrder.Strict && next != reached[^1] + 1))
                break;
            reached.Add(next);
        }
        return reached;
    }

    private List<int> AnyOrder(int start)
    {
        var reached = new List<int>(plan.Steps);
        // A step that stands in the funnel n times needs n events: the first n from the start on.
        for (int step = 0; step < plan.Steps; step++)
        {
            int next = Next(_steps[step], start - 1, skip: TwinsBefore(step));
            if (next >= 0 && IsInWindow(start, next))
                reached.Add(next);
        }
        reached.Sort();
        return reached;
    }

    private int TwinsBefore(int step)
    {
        int twins = 0;
        for (int other = 0; other < step; other++)
        {
            // The same event has the same positions.
            if (_steps[other].Count > 0 && _steps[step].Count > 0 && _steps[other][0] == _steps[step][0])
                twins++;
        }
        return twins;
    }

    private bool IsVoid(List<int> attempt)
    {
        for (int i = 0; i < plan.Exclusions.Count; i++)
        {
            var (from, to) = plan.Order == FunnelOrder.Unordered ? new StepRange(0, plan.Steps - 1) : plan.Exclusions[i];
            if (from >= attempt.Count)
                continue;
            int excluded = Next(_exclusions[i], attempt[from], skip: 0);
            if (excluded >= 0 && IsInWindow(attempt[0], excluded) && (to >= attempt.Count || excluded < attempt[to]))
                return true;
        }
        return false;
    }

    private bool IsInWindow(int start, int index) => events[index].AtMicros - events[start].AtMicros <= plan.WindowMicros;

    /// <summary>The first position after an index, or the one that comes so many positions later; -1 when there is none.</summary>
    private static int Next(List<int> positions, int after, int skip)
    {
        int at = positions.BinarySearch(after + 1);
        at = (at < 0 ? ~at : at) + skip;
        return at < positions.Count ? positions[at] : -1;
    }

    private static List<int>[] Positions(IReadOnlyList<FunnelEvent> events, int count, Func<FunnelEvent, byte> bits)
    {
        var positions = new List<int>[count];
        for (int i = 0; i < count; i++)
            positions[i] = [];
        for (int index = 0; index < events.Count; index++)
        {
            int mask = bits(events[index]);
            for (int i = 0; i < count; i++)
            {
                if ((mask & (1 << i)) != 0)
                    positions[i].Add(index);
            }
        }
        return positions;
    }
}
