namespace PromptPlatform.Analytics.Learning;

/// <summary>How much organisations resemble each other, and so how much the belief of all weighs for one.</summary>
internal static class Shrinkage
{
    /// <summary>The least that the belief of all weighs, in outcomes.</summary>
    public const double Least = 8;

    /// <summary>The most: an organisation that differs is heard after some hundred outcomes.</summary>
    public const double Most = 200;

    /// <summary>
    /// The weight κ of the common mean μ, in the prior Beta(κμ, κ(1-μ)) of each organisation's share; <see cref="Most"/> where they differ no more than
    /// chance makes them. Moments of the beta-binomial model (Kleinman, JASA 68, 1973, 46-54, with weights n): of k groups of n outcomes and shares p,
    /// N = Σn and S = Σn(p-μ)², the correlation within a group is ρ = (S - μ(1-μ)(k-1)) / (μ(1-μ)(N - Σn²/N - (k-1))), and κ = 1/ρ - 1.
    /// </summary>
    public static double Weight(GroupMoments groups)
    {
        double mean = groups.All.Successes / groups.All.Outcomes, chance = mean * (1 - mean);
        double spread = groups.Successes2ByOutcomes - groups.All.Outcomes * mean * mean;
        double room = groups.All.Outcomes - groups.Outcomes2 / groups.All.Outcomes - (groups.Count - 1);
        double correlation = (spread - chance * (groups.Count - 1)) / (chance * room);
        // Not a number where nobody ever failed or succeeded, or nobody has more than one outcome: nothing tells them apart.
        return correlation > 0 ? Math.Clamp(1 / correlation - 1, Least, Most) : Most;
    }
}

/// <summary>Sums over organisations that tell how much they differ, and nothing of any one of them.</summary>
/// <param name="Count">Organisations.</param>
/// <param name="All">Their outcomes together.</param>
/// <param name="Outcomes2">Sum of the squares of each one's outcomes.</param>
/// <param name="Successes2ByOutcomes">Sum of each one's successes squared by its outcomes.</param>
internal sealed record GroupMoments(int Count, Credit All, double Outcomes2, double Successes2ByOutcomes)
{
    /// <summary>The sums over these.</summary>
    public static GroupMoments Of(IReadOnlyCollection<Credit> groups) => new(
        groups.Count, groups.Aggregate(default(Credit), (sum, g) => sum + g), groups.Sum(g => g.Outcomes * g.Outcomes), groups.Sum(g => g.Successes * g.Successes / g.Outcomes));
}
