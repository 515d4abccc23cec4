using PromptPlatform.Analytics.Learning;
using PromptPlatform.Enhancement.Learning;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>How a technique is chosen.</summary>
internal enum Strategy
{
    /// <summary>As the product does: draws from the posteriors of the last snapshot.</summary>
    Thompson,

    /// <summary>Always the greatest mean of the last snapshot; among equals by chance, so that the users before the first snapshot try them all.</summary>
    Greedy,

    /// <summary>By chance.</summary>
    Uniform,
}

/// <summary>
/// A world of five techniques whose effects are known, and users who come one after the other. Beliefs are those of Analytics, the choice is that of
/// Enhancement; between two snapshots nothing is learned, as in the fleet.
/// </summary>
/// <param name="places">How many techniques a prompt has room for.</param>
internal sealed class SimulatedWorld(int places)
{
    public const int Users = 20_000;
    public const int UsersPerSnapshot = 250;

    public static readonly string[] Techniques = ["technique-a", "technique-b", "technique-c", "technique-d", "technique-e"];
    public static readonly string[] Intents = ["explanation", "code_generation"];

    private const string Target = "gpt";
    private static readonly Guid s_org = new("99999999-0000-0000-0000-000000000001");
    private static readonly List<PolicyRule> s_rules = [.. Techniques.Select(t => new PolicyRule { Id = "rule-" + t, Technique = t, Weight = 0.5, Reason = "It holds." })];

    // What each technique adds to the share of success, by intent: what is best in one is not in the other.
    private static readonly double[][] s_effects = [[0.10, 0.00, 0.05, 0.15, 0.30], [0.25, 0.10, 0.00, 0.20, 0.05]];

    /// <summary>The regret after each snapshot, and what was believed at the end.</summary>
    /// <param name="Regret">Sum over the users so far of the best plan's share of success less that of the chosen one.</param>
    /// <param name="Ranking">Techniques by their mean at the end, best first, for each intent.</param>
    public sealed record Result(IReadOnlyList<double> Regret, IReadOnlyList<IReadOnlyList<string>> Ranking);

    /// <summary>Techniques by their true effect, best first, for each intent.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> TrueRanking { get; } = [.. s_effects.Select(e => Techniques.OrderByDescending(t => e[Array.IndexOf(Techniques, t)]).ToList())];

    /// <summary>Lets all users come.</summary>
    public Result Run(Strategy strategy, int seed)
    {
        var dice = new Random(seed);
        var seen = new Dictionary<LearningCell, Credit>();
        var (snapshot, regret, line) = (Snapshot(seen, seed, 0), 0.0, new List<double>());
        for (int user = 0; user < Users; user++)
        {
            int intent = dice.Next(Intents.Length);
            var chosen = Choose(strategy, snapshot, dice, intent, $"prompt {seed} {user}");
            double share = Share(intent, chosen);
            regret += Share(intent, TrueRanking[intent].Take(places)) - share;
            double reward = dice.NextDouble() < share ? 1 : 0;
            foreach (string technique in chosen)
                Add(seen, technique, Intents[intent], reward, places);
            Add(seen, LearningCell.Usual, Intents[intent], reward, 1);
            if ((user + 1) % UsersPerSnapshot == 0)
            {
                snapshot = Snapshot(seen, seed, user + 1);
                line.Add(regret);
            }
        }
        return new Result(line, [.. Intents.Select(i => Techniques.OrderByDescending(t => Mean(snapshot, t, i)).ToList())]);
    }

    private List<string> Choose(Strategy strategy, LearningSnapshot snapshot, Random dice, int intent, string prompt) => strategy switch
    {
        Strategy.Thompson => [.. new OrganizationLearning(s_org, snapshot).For(prompt, Intents[intent], Target).Arrange(TechniquePolicy.Shipped, s_rules, []).Take(places).Select(r => r.Technique)],
        Strategy.Greedy => [.. Shuffled(dice).OrderByDescending(t => Mean(snapshot, t, Intents[intent])).Take(places)],
        _ => [.. Shuffled(dice).Take(places)],
    };

    private static string[] Shuffled(Random dice)
    {
        string[] shuffled = [.. Techniques];
        dice.Shuffle(shuffled);
        return shuffled;
    }

    // With one place a plan comes to 0.45 and its effect, with two to 0.25 and both effects.
    private double Share(int intent, IEnumerable<string> plan) => (places == 1 ? 0.45 : 0.25) + plan.Sum(t => s_effects[intent][Array.IndexOf(Techniques, t)]);

    private static double Mean(LearningSnapshot snapshot, string technique, string intent) => snapshot.Find(technique, intent, Target).Mean;

    private static void Add(Dictionary<LearningCell, Credit> seen, string technique, string intent, double reward, int techniques)
    {
        var cell = new LearningCell(technique, intent, Target);
        seen[cell] = seen.GetValueOrDefault(cell).And(reward, techniques);
    }

    private static LearningSnapshot Snapshot(Dictionary<LearningCell, Credit> seen, int seed, int users) => new($"{seed} {users}",
        from intent in Intents
        from technique in Techniques.Append(LearningCell.Usual)
        let cell = new LearningCell(technique, intent, Target)
        let found = Effectiveness.Of(cell, seen.GetValueOrDefault(cell), common: null)
        let belief = found.Posterior
        select KeyValuePair.Create((technique, intent, Target), new LearnedShare(belief.Alpha, belief.Beta, belief.Lower, belief.Upper, found.Own.Outcomes, found.Prior.Mean, found.Prior.Weight, PriorOfAll: false)));
}
