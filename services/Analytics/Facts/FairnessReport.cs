using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Facts;

/// <summary>The share of one group; a group of null is all beyond the largest.</summary>
internal sealed record GroupShare(string? Group, Proportion Share);

/// <summary>Compares groups with all together.</summary>
internal static class FairnessReport
{
    /// <param name="groups">Disjoint groups that make up the whole.</param>
    /// <param name="minCount">What a group needs to be compared.</param>
    /// <param name="alpha">The probability that the interval of any gap misses its gap.</param>
    public static GetFairnessResponse Of(IReadOnlyList<GroupShare> groups, int minCount, double alpha)
    {
        var all = new Proportion(groups.Sum(g => g.Share.Hits), groups.Sum(g => g.Share.Of));
        var compared = groups.Where(g => IsEnough(g.Share, all, minCount)).ToList();
        // One interval in twenty misses by chance, so among many groups one nearly always would stand out.
        double gapZ = FactReading.Z(alpha / Math.Max(1, compared.Count)), z = FactReading.Z(alpha);
        var response = new GetFairnessResponse { Overall = all.ToShare(z) };
        response.Data.AddRange(groups
            .Select(g => Compare(g, all, IsEnough(g.Share, all, minCount), z, gapZ))
            .OrderByDescending(g => g.Enough).ThenBy(g => g.Gap).ThenBy(g => g.Other).ThenBy(g => g.Group, StringComparer.Ordinal));
        if (compared.Count > 0)
            response.LargestGap = compared.Max(g => g.Share.Rate) - compared.Min(g => g.Share.Rate);
        return response;
    }

    private static bool IsEnough(Proportion group, Proportion all, int minCount) => group.Of >= minCount && all.Of > group.Of;

    private static FairnessGroup Compare(GroupShare group, Proportion all, bool enough, double z, double gapZ)
    {
        var compared = new FairnessGroup { Group = group.Group ?? "", Other = group.Group is null, Share = group.Share.ToShare(z), Enough = enough };
        if (!enough)
            return compared;
        // A group is part of all, so the two are not independent; group and rest are, and the gap to all is the gap to the rest times its share.
        var rest = all.Without(group.Share);
        double weight = (double)rest.Of / all.Of;
        var (low, high) = group.Share.DifferenceInterval(rest, gapZ);
        compared.Gap = group.Share.Rate - all.Rate;
        (compared.Low, compared.High) = (weight * low, weight * high);
        compared.StandsOut = compared.Low > 0 || compared.High < 0;
        return compared;
    }
}
