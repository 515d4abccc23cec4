using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What follows from a feature: which others it brings, and which it rules out. A test holds it against everything that is read from the corpora.</summary>
internal static class FeatureLogic
{
    static readonly (string Feature, string[] Brings)[] Brought =
    [
        .. new[] { "LongMaterial", "LooseMaterial", "CodeMaterial", "ShortMaterial", "Untrusted", "Injection", "LeadFirst", "SingleItem", "MixedLanguage" }.Select(f => (f, new[] { "HasMaterial", "TextGiven" })),
        .. new[] { "HasMaterial", "MissingText", "MissingCode", "MaterialBelow", "Conversation", "HasContext", "HasUrl" }.Select(f => (f, new[] { "TextGiven" })),
        ("HasCode", ["HasCodeLanguage"]),
    ];

    static readonly (string One, string[] Others)[] Exclusive =
    [
        ("MissingText", ["MissingCode", "HasMaterial", "HasUrl", "Conversation", "HasContext", "Expert", "HasCode"]),
        ("MissingCode", ["HasMaterial", "HasUrl", "Conversation", "HasContext", "Expert", "HasCode"]),
        ("LongMaterial", ["ShortMaterial"]),
        ("Long", ["Short", "Tiny"]),
    ];

    /// <summary>The features as a set.</summary>
    /// <exception cref="ArgumentException">A name is no feature.</exception>
    public static Feature Set(IEnumerable<string> names) =>
        names.Aggregate(Feature.None, (set, name) => set | (Feature.Find(name) ?? throw new ArgumentException($"{name} is no feature", nameof(names))));

    /// <summary>Whether a prompt with all of <paramref name="has"/> shows <paramref name="feature"/> for certain.</summary>
    public static bool Implies(IEnumerable<string> has, string feature) =>
        has.Any(h => h == feature || Brought.Any(b => b.Feature == h && b.Brings.Contains(feature)));

    /// <summary>Whether a prompt with none of <paramref name="lacks"/> cannot show <paramref name="feature"/>.</summary>
    public static bool RulesOut(IEnumerable<string> lacks, string feature) => lacks.Any(l => Implies([feature], l));

    /// <summary>Why no prompt can have all of the one and none of the other; null when one can.</summary>
    public static string? Clash(IReadOnlyList<string> has, IReadOnlyList<string> lacks)
    {
        foreach (var one in has)
        {
            if (lacks.FirstOrDefault(l => Implies([one], l)) is { } lack)
                return one == lack ? $"{one} is both wanted and unwanted" : $"{one} always comes with {lack}, which is unwanted";
            if (has.FirstOrDefault(other => Excludes(one, other)) is { } excluded)
                return $"{one} and {excluded} never come together";
        }
        return null;
    }

    static bool Excludes(string one, string other) =>
        Exclusive.Any(e => Implies([one], e.One) && e.Others.Any(o => Implies([other], o)));

    /// <summary>Whether what this class says is true of <paramref name="features"/>; else what is not.</summary>
    public static string? Fault(Feature features)
    {
        bool Shows(string name) => features.HasAny(Set([name]));
        foreach (var (feature, brings) in Brought)
            if (Shows(feature) && brings.FirstOrDefault(b => !Shows(b)) is { } missing)
                return $"{feature} came without {missing}";
        foreach (var (one, others) in Exclusive)
            if (Shows(one) && others.FirstOrDefault(Shows) is { } both)
                return $"{one} came with {both}";
        return null;
    }
}
