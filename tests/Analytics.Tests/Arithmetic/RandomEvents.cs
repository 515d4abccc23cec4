using PromptPlatform.Analytics.Funnels;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

/// <summary>Small random worlds in which equal times, repeats, late and duplicate events are frequent.</summary>
internal static class RandomEvents
{
    private static readonly string[] s_names = ["a", "b", "c", "x"];

    /// <summary>A funnel of 2 to 4 steps; steps repeat, exclusions come in two of three.</summary>
    public static FunnelCase Funnel(Random dice)
    {
        string[] steps = [.. Enumerable.Range(0, dice.Next(2, 5)).Select(_ => s_names[dice.Next(3)])];
        int from = dice.Next(steps.Length - 1);
        Excluded[] exclusions = dice.Next(3) == 0 ? [] : [new("x", from, dice.Next(from + 1, steps.Length))];
        return new FunnelCase(steps, (FunnelOrder)dice.Next(3), dice.Next(1, 20), exclusions);
    }

    /// <summary>Events in the order of their arrival: a third late, some twice.</summary>
    public static List<Deed> Deeds(Random dice)
    {
        var deeds = Enumerable.Range(0, dice.Next(40)).Select(id => new Deed(id, "actor " + dice.Next(4), s_names[dice.Next(4)], dice.Next(3) == 0 ? dice.Next(30) : id)).ToList();
        foreach (var again in deeds.Where(_ => dice.Next(5) == 0).ToList())
            deeds.Insert(dice.Next(deeds.IndexOf(again), deeds.Count) + 1, again);
        return deeds;
    }
}
