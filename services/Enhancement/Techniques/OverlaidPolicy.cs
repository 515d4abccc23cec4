using System.Collections.Frozen;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>The product's policy with an organisation's changes. What is wrong with the changes is said and left out; the rest counts.</summary>
/// <param name="Policy">What is in force.</param>
/// <param name="Faults">Paths lead into the overlay.</param>
internal sealed record OverlaidPolicy(TechniquePolicy Policy, IReadOnlyList<PolicyFault> Faults)
{
    const int MaxOff = 100, MaxWeights = 200, MaxRules = 50, MaxLines = 20, MaxTokens = 2000;

    public static OverlaidPolicy Of(TechniquePolicy product, PolicyOverlay overlay)
    {
        if (overlay.IsEmpty)
            return new(product, []);
        var faults = new PolicyFaults();
        var off = Off(product.File, overlay.Off, faults);
        var weights = Weights(product.File, overlay.Weights, faults);
        var file = product.File with
        {
            Limits = Merged(product.File.Limits, overlay.Limits, "limits", PolicyWords.Limits, MaxLines, faults),
            Budgets = Merged(product.File.Budgets, overlay.Budgets, "budgets", PolicyWords.Budgets, MaxTokens, faults),
            Rules = [.. product.File.Rules.Select(r => weights.TryGetValue(r.Id, out var weight) ? r with { Weight = weight } : r)],
        };
        file = file with { Rules = [.. file.Rules, .. Own(product.File, file, overlay.Rules, faults)] };
        return new(new TechniquePolicy(TechniquePolicy.VersionOf([.. System.Text.Encoding.UTF8.GetBytes(product.Version), .. overlay.Canonical()]), file) { Off = off }, faults.Found);
    }

    static FrozenSet<string> Off(PolicyFile product, IReadOnlyList<string> off, PolicyFaults faults)
    {
        var sound = new HashSet<string>(StringComparer.Ordinal);
        Bound("off", off.Count, MaxOff, faults);
        for (var i = 0; i < off.Count; i++)
        {
            if (!product.Rules.Any(r => r.Technique == off[i]))
                faults.Add("off", $"/off/{i}", $"{PolicyFaults.Shorten(off[i])} is no technique that a rule applies; GET /v1/policy lists those whose use is applied.");
            else if (!sound.Add(off[i]))
                faults.Add("off", $"/off/{i}", $"{off[i]} stands twice; name it once.");
        }
        return sound.ToFrozenSet(StringComparer.Ordinal);
    }

    static Dictionary<string, double> Weights(PolicyFile product, IReadOnlyDictionary<string, double> weights, PolicyFaults faults)
    {
        var sound = new Dictionary<string, double>(StringComparer.Ordinal);
        Bound("weights", weights.Count, MaxWeights, faults);
        foreach (var (id, weight) in weights)
        {
            if (!product.Rules.Any(r => r.Id == id))
                faults.Add("weights", Pointer("weights", id), $"{PolicyFaults.Shorten(id)} is no rule of the product; GET /v1/policy lists them.");
            else if (weight is not (>= 0 and <= 1))
                faults.Add("weights", Pointer("weights", id), FormattableString.Invariant($"weight {weight} is not between 0 and 1; give a number such as 0.6."));
            else
                sound[id] = weight;
        }
        return sound;
    }

    static Dictionary<string, int> Merged(IReadOnlyDictionary<string, int> product, IReadOnlyDictionary<string, int> own, string name, string[] known, int most, PolicyFaults faults)
    {
        var merged = product.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in own)
        {
            if (!known.Contains(key))
                faults.Add(name, Pointer(name, key), $"{PolicyFaults.Shorten(key)} is none of {string.Join(", ", known)}; take one of them.");
            else if (value < 0 || value > most)
                faults.Add(name, Pointer(name, key), $"{value} is not between 0 and {most}; give a whole number in that range.");
            else
                merged[key] = value;
        }
        return merged;
    }

    static List<PolicyRule> Own(PolicyFile product, PolicyFile file, IReadOnlyList<PolicyRule> rules, PolicyFaults faults)
    {
        var sound = new List<PolicyRule>();
        Bound("rules", rules.Count, MaxRules, faults);
        for (var i = 0; i < rules.Count; i++)
        {
            var before = faults.Found.Count;
            var rule = OwnRules.Settle($"/rules/{i}", rules[i], product, file, faults);
            if (sound.Exists(r => r.Id == rule.Id))
                faults.Add("rule " + rule.Id, $"/rules/{i}/id", $"the id {rule.Id} stands twice; rename one.");
            if (faults.Found.Count == before)
                sound.Add(rule);
        }
        return sound;
    }

    static void Bound(string name, int count, int most, PolicyFaults faults)
    {
        if (count > most)
            faults.Add(name, "/" + name, $"it has {count} entries; the limit is {most}: take some out.");
    }

    // RFC 6901: a key may hold any character.
    static string Pointer(string name, string key) =>
        $"/{name}/{PolicyFaults.Shorten(key).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
