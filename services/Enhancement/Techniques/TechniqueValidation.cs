namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Checks what the policy says of techniques.</summary>
internal static class TechniqueValidation
{
    public static void Check(PolicyFile file, PolicyFaults faults)
    {
        var applied = file.Rules.Select(r => r.Technique).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, facts) in file.Techniques)
        {
            var (subject, path) = ("technique " + id, "/techniques/" + id);
            if (string.IsNullOrWhiteSpace(facts.Evidence))
                faults.Add(subject, path + "/evidence", "evidence is empty; name the technique of the catalogue whose evidence stands for it.");
            CheckFate(subject, path, facts, applied.Contains(id), faults);
            faults.Unknown(subject, path + "/needs", "need", facts.Needs, PolicyWords.Needs);
            CheckNames(subject, path, id, facts, applied, faults);
            if (facts.Within is { } bound)
                ConditionValidation.Check(subject, path + "/within", bound, faults);
            if (Cycle(id, file.Techniques) is { } cycle)
                faults.Add(subject, path + "/requires", $"requires goes in a circle: {cycle}; take one of these out.");
        }
    }

    static void CheckFate(string subject, string path, TechniqueFacts facts, bool applied, PolicyFaults faults)
    {
        string?[] fates = [applied ? "applied by a rule" : null, facts.Lint.Count > 0 ? "lint" : null, facts.Declined is not null ? "declined" : null, facts.Needs.Count > 0 ? "needs" : null];
        var named = fates.Where(f => f is not null).ToList();
        if (named.Count == 0)
            faults.Add(subject, path, "no rule applies it; write a rule, or say lint, declined or needs.");
        else if (named.Count > 1)
            faults.Add(subject, path, $"it is {string.Join(" and ", named)}; keep one of these.");
    }

    static void CheckNames(string subject, string path, string id, TechniqueFacts facts, HashSet<string> applied, PolicyFaults faults)
    {
        foreach (var (list, names) in new[] { ("conflicts", facts.Conflicts), ("requires", facts.Requires) })
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i] == id)
                    faults.Add(subject, $"{path}/{list}/{i}", "it names itself; take that out.");
                else if (!applied.Contains(names[i]) && (list == "conflicts" || Reading.Feature.Find(names[i]) is null))
                    faults.Add(subject, $"{path}/{list}/{i}", $"{names[i]} is {(list == "requires" ? "neither a feature nor" : "not")} a technique that a rule applies; take it out or write the rule.");
            }
        }
        if (facts.Conflicts.Intersect(facts.Requires).FirstOrDefault() is { } both)
            faults.Add(subject, path + "/conflicts", $"it both requires {both} and conflicts with it; take it out of one.");
    }

    static string? Cycle(string start, IReadOnlyDictionary<string, TechniqueFacts> techniques)
    {
        var way = new List<string> { start };
        return Visit(start) ? string.Join(" -> ", way) : null;

        bool Visit(string id)
        {
            foreach (var next in techniques.TryGetValue(id, out var facts) ? facts.Requires : [])
            {
                if (next != start && (way.Contains(next) || !techniques.ContainsKey(next)))
                    continue;
                way.Add(next);
                if (next == start || Visit(next))
                    return true;
                way.RemoveAt(way.Count - 1);
            }
            return false;
        }
    }
}
