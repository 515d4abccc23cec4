using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Checks the condition that every kind of rule has.</summary>
internal static class ConditionValidation
{
    /// <summary>Whether every name exists and some prompt can meet it.</summary>
    public static void Check(string subject, string path, PolicyCondition condition, PolicyFaults faults)
    {
        faults.Unknown(subject, path + "/intents", "intent", condition.Intents, PolicyWords.Intents);
        faults.Unknown(subject, path + "/domains", "domain", condition.Domains, PolicyWords.Domains);
        faults.Unknown(subject, path + "/complexity", "complexity", condition.Complexity, PolicyWords.Complexities);
        faults.Unknown(subject, path + "/languages", "language", condition.Languages, Lexicons.Written);
        faults.Unknown(subject, path + "/families", "family", condition.Families, PolicyWords.Families);
        faults.Unknown(subject, path + "/styles", "style", condition.Styles, PolicyWords.Styles);
        faults.Unknown(subject, path + "/goals", "goal", condition.Goals, PolicyWords.Goals);
        faults.Unknown(subject, path + "/notGoals", "goal", condition.NotGoals, PolicyWords.Goals);
        var named = Features(subject, path + "/has", condition.Has, faults) & Features(subject, path + "/lacks", condition.Lacks, faults);
        if (named && FeatureLogic.Clash(condition.Has, condition.Lacks) is { } clash)
            faults.Add(subject, path + "/has", $"{clash}; it can never hold, so take one of them out.");
        if (condition.Goals.Intersect(condition.NotGoals).FirstOrDefault() is { } goal)
            faults.Add(subject, path + "/notGoals", $"goal {goal} is both wanted and unwanted; it can never hold, so take it out of one.");
    }

    /// <summary>Whether <paramref name="weight"/> may stand there.</summary>
    public static void CheckWeight(string subject, string path, double weight, PolicyFaults faults)
    {
        if (weight is not (> 0 and <= 1))
            faults.Add(subject, path + "/weight", FormattableString.Invariant($"weight {weight} is not above 0 and up to 1; give a number such as 0.6."));
    }

    static bool Features(string subject, string path, IReadOnlyList<string> names, PolicyFaults faults)
    {
        var known = true;
        for (var i = 0; i < names.Count; i++)
        {
            if (Feature.Find(names[i]) is not null)
                continue;
            known = false;
            faults.Add(subject, $"{path}/{i}", $"feature {PolicyFaults.Shorten(names[i])} does not exist; Reading/Feature.cs lists them{Nearest(names[i])}.");
        }
        return known;
    }

    static string Nearest(string name) =>
        Feature.Find("Has" + name) is not null ? $", perhaps Has{name} is meant"
        : name.Length > 3 && Feature.Find(name[3..]) is not null ? $", perhaps {name[3..]} is meant" : "";
}
