using PromptPlatform.Analytics.Learning;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>
/// Organisations that resemble each other as much as a Beta(18, 12) makes them, each with few outcomes of its own: how far off is what is believed of each,
/// alone, by the mean of all, and shrunk?
/// </summary>
internal static class SmallOrganizations
{
    public const int Organizations = 300;

    public static readonly int[] Outcomes = [2, 5, 10, 20, 50, 100, 200];

    /// <summary>Root mean square error of the share believed, over all organisations.</summary>
    /// <param name="Outcomes">Of each organisation.</param>
    public sealed record Errors(int Outcomes, double Alone, double OfAll, double Shrunk);

    public static IReadOnlyList<Errors> Run(int seed) => [.. Outcomes.Select(n => Run(new Random(seed), n))];

    private static Errors Run(Random dice, int outcomes)
    {
        var shares = Enumerable.Range(0, Organizations).Select(_ => BetaFunction.Quantile(dice.NextDouble(), 18, 12)).ToList();
        var seen = shares.Select(s => new Credit(outcomes, Enumerable.Range(0, outcomes).Count(_ => dice.NextDouble() < s))).ToList();
        var prior = new BetaPosterior(2, 2);
        var common = CommonBelief.Of(prior, GroupMoments.Of(seen), outcomes)!;
        var cell = new LearningCell("technique-a", "explanation", "gpt");
        double Error(Func<Credit, double> believed) => Math.Sqrt(shares.Zip(seen, (share, credit) => Math.Pow(believed(credit) - share, 2)).Average());
        return new Errors(outcomes, Error(c => prior.After(c).Mean), Error(_ => common.Posterior.Mean), Error(c => Effectiveness.Of(cell, c, common).Posterior.Mean));
    }
}
