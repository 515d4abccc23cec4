namespace PromptPlatform.Analytics.Learning;

/// <summary>What all organisations together know of a technique for an intent and a target family.</summary>
/// <param name="Posterior">The catalogue's prior after the outcomes of all.</param>
/// <param name="Organizations">How many organisations are in it.</param>
/// <param name="Outcomes">How many outcomes.</param>
/// <param name="Weight">How many outcomes it weighs in the prior of one organisation, see <see cref="Shrinkage"/>.</param>
internal sealed record CommonBelief(BetaPosterior Posterior, int Organizations, double Outcomes, double Weight)
{
    /// <summary>Fewer organisations are not told of: none of them shall be recognised in the sum.</summary>
    public const int MinOrganizations = 5;

    /// <summary>Fewer outcomes are not told of.</summary>
    public const double MinOutcomes = 50;

    /// <summary>Nor is what one organisation has more of than all others together.</summary>
    public const double MaxShareOfOne = 0.5;

    /// <summary>The belief of all; null where somebody could be recognised in it.</summary>
    /// <param name="prior">Of the technique.</param>
    /// <param name="groups">Sums over the organisations.</param>
    /// <param name="largest">Outcomes of the organisation that has most.</param>
    public static CommonBelief? Of(BetaPosterior prior, GroupMoments groups, double largest) =>
        groups.Count < MinOrganizations || groups.All.Outcomes < MinOutcomes || largest > MaxShareOfOne * groups.All.Outcomes ? null
        : new(prior.After(groups.All), groups.Count, groups.All.Outcomes, Shrinkage.Weight(groups));
}
