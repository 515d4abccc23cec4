using PromptPlatform.Analytics.Funnels;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

/// <summary>The definition of a funnel, word by word, by trying every combination of events.</summary>
internal static class NaiveFunnel
{
    /// <summary>Per step the seconds from the step before, of every actor that reached it.</summary>
    public static List<long>[] Seconds(FunnelCase funnel, IEnumerable<Deed> arrived)
    {
        var seconds = funnel.Steps.Select(_ => new List<long>()).ToArray();
        foreach (var best in Attempts(funnel, arrived))
        {
            for (int step = 0; step < best.Length; step++)
                seconds[step].Add(step == 0 ? 0 : best[step].Second - best[step - 1].Second);
        }
        return seconds;
    }

    /// <summary>The counted attempt of every actor that has one: its events by time.</summary>
    public static IEnumerable<Deed[]> Attempts(FunnelCase funnel, IEnumerable<Deed> arrived)
    {
        foreach (var actor in arrived.GroupBy(d => d.Id).Select(same => same.First()).GroupBy(d => d.Actor))
        {
            var deeds = actor.OrderBy(d => (d.Second, d.Id)).ToArray();
            if (deeds.Select(start => Attempt(funnel, deeds, start)).Where(a => a.Length > 0 && !IsVoid(funnel, deeds, a)).MaxBy(a => a.Length) is { } best)
                yield return best;
        }
    }

    /// <summary>Of all ways to go on from this event the longest, of those the earliest; empty when it starts nothing.</summary>
    private static Deed[] Attempt(FunnelCase funnel, Deed[] deeds, Deed start)
    {
        var inWindow = deeds.SkipWhile(d => d != start).TakeWhile(d => d.Second - start.Second <= funnel.WindowSeconds).ToArray();
        return Ways(funnel.Order, inWindow, funnel.Steps, [])
            .Where(way => way.Length > 0 && way[0] == start)
            .OrderByDescending(way => way.Length)
            .ThenBy(way => string.Concat(way.Select(d => Array.IndexOf(inWindow, d).ToString("0000", System.Globalization.CultureInfo.InvariantCulture))))
            .FirstOrDefault([]);
    }

    private static IEnumerable<Deed[]> Ways(FunnelOrder order, Deed[] rest, string[] open, Deed[] done)
    {
        yield return done;
        if (open.Length == 0)
            yield break;
        int reach = order == FunnelOrder.Strict || done.Length == 0 ? Math.Min(1, rest.Length) : rest.Length;
        for (int i = 0; i < reach; i++)
        {
            int step = order == FunnelOrder.Unordered ? Array.IndexOf(open, rest[i].Name) : open[0] == rest[i].Name ? 0 : -1;
            if (step < 0)
                continue;
            foreach (var way in Ways(order, rest[(i + 1)..], [.. open[..step], .. open[(step + 1)..]], [.. done, rest[i]]))
                yield return way;
        }
    }

    private static bool IsVoid(FunnelCase funnel, Deed[] deeds, Deed[] attempt) => funnel.Exclusions.Any(exclusion =>
    {
        var (from, to) = funnel.Order == FunnelOrder.Unordered ? (0, funnel.Steps.Length - 1) : (exclusion.From, exclusion.To);
        return attempt.Length > from && deeds
            .SkipWhile(d => d != attempt[from])
            .TakeWhile(d => attempt.Length <= to || d != attempt[to])
            .Any(d => d.Name == exclusion.Name && d.Second <= attempt[0].Second + funnel.WindowSeconds);
    });
}
