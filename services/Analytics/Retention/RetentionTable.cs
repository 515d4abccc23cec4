using System.Numerics;

namespace PromptPlatform.Analytics.Retention;

/// <summary>Who comes back, and how often.</summary>
internal static class RetentionTable
{
    /// <summary>
    /// Row i, column j: actors active in interval i that are active again in interval i + j, or with <paramref name="rolling"/> in that one or a later one.
    /// Column 0 is the size of the cohort; row i ends with the last interval.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<long>> Cells(IReadOnlyCollection<ActivityMask> actors, int intervals, bool rolling)
    {
        var rows = Enumerable.Range(0, intervals).Select(row => new long[intervals - row]).ToArray();
        foreach (var (began, returned, count) in actors)
        {
            for (int row = 0; row < intervals; row++)
            {
                if ((began >> row & 1) == 0)
                    continue;
                rows[row][0] += count;
                for (int column = 1; column < intervals - row; column++)
                {
                    ulong later = returned >> (row + column);
                    if (rolling ? later != 0 : (later & 1) != 0)
                        rows[row][column] += count;
                }
            }
        }
        return rows;
    }

    /// <summary>How many actors were active in each interval.</summary>
    public static IReadOnlyList<long> Active(IReadOnlyCollection<ActivityMask> actors, int intervals) =>
        [.. Enumerable.Range(0, intervals).Select(i => actors.Where(a => (a.Began >> i & 1) != 0).Sum(a => a.Actors))];

    /// <summary>How many actors were active in exactly 1, 2, … of the intervals.</summary>
    public static IReadOnlyList<long> Stickiness(IReadOnlyCollection<ActivityMask> actors, int intervals)
    {
        var counts = new long[intervals];
        foreach (var (began, _, count) in actors.Where(a => a.Began != 0))
            counts[BitOperations.PopCount(began) - 1] += count;
        return counts;
    }

    /// <summary>Actors active in an average interval as a share of those active in any, 0 to 1; 0 when there are none.</summary>
    public static double StickinessRatio(IReadOnlyCollection<ActivityMask> actors, int intervals)
    {
        long any = actors.Where(a => a.Began != 0).Sum(a => a.Actors);
        return any == 0 ? 0 : (double)Active(actors, intervals).Sum() / intervals / any;
    }
}
