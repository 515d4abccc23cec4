namespace PromptPlatform.Analytics.Tests.Experiments.Simulation;

/// <summary>
/// People who come back: each has a share of ratings "up" of his own (Beta with mean 0.6 and deviation 0.2) and a rhythm of his own (on 2 to 40 of 100
/// days), joins on a day of the first half, and leaves one to four ratings on a day he comes. Arms are drawn evenly; in the second one every share is
/// higher by the effect.
/// </summary>
/// <param name="Users">How many.</param>
/// <param name="Days">How long; there is a look at the end of each.</param>
/// <param name="Effect">Known, as a difference of shares; 0 makes it an A/A run.</param>
internal sealed record SimulatedWorld(int Users, int Days, double Effect)
{
    /// <summary>The two arms at the end of each day.</summary>
    public IEnumerable<(SimulatedArm Control, SimulatedArm Treatment)> Run(int seed)
    {
        var dice = new Random(seed);
        SimulatedArm[] arms = [new(), new()];
        var people = new Person[Users];
        for (int i = 0; i < Users; i++)
        {
            int arm = dice.Next(2);
            people[i] = new Person(arm, dice.Next(Math.Max(1, Days / 2)), 0.02 + 0.38 * Math.Pow(dice.NextDouble(), 2), Math.Clamp(Share(dice) + arm * Effect, 0, 1));
        }
        for (int day = 0; day < Days; day++)
        {
            foreach (ref var person in people.AsSpan())
            {
                if (day >= person.Joins && dice.NextDouble() < person.Rhythm)
                    Rate(ref person, arms, dice);
            }
            yield return (arms[0], arms[1]);
        }
    }

    private static void Rate(ref Person person, SimulatedArm[] arms, Random dice)
    {
        int ratings = 1 + dice.Next(4), up = 0;
        for (int i = 0; i < ratings; i++)
            up += dice.NextDouble() < person.Share ? 1 : 0;
        arms[person.Arm].Grow(ref person.Sums, up, ratings);
    }

    // Beta(3, 2): the third smallest of four uniform numbers. Mean 0.6, deviation 0.2.
    private static double Share(Random dice)
    {
        Span<double> four = [dice.NextDouble(), dice.NextDouble(), dice.NextDouble(), dice.NextDouble()];
        four.Sort();
        return four[2];
    }

    private struct Person(int arm, int joins, double rhythm, double share)
    {
        public readonly int Arm = arm;
        public readonly int Joins = joins;
        public readonly double Rhythm = rhythm;
        public readonly double Share = share;
        public (int Y, int N) Sums;
    }
}
