using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Safety;

/// <summary>Looks for personal data and secrets; numbers with a check digit count only when it is right.</summary>
internal static class SafetyScanner
{
    const int MaxFindings = 100;
    static readonly string[] Groups = ["pii", "secrets"];

    /// <summary>What stands in <paramref name="text"/>.</summary>
    public static SafetyReport Scan(string text)
    {
        var found = new List<SafetyFinding>();
        SecretScanner.Scan(text, found);
        PersonalDataScanner.Scan(text, found);
        // A longer finding hides what stands inside it.
        var kept = found.OrderBy(f => f.Span.Start).ThenByDescending(f => f.Span.Length)
            .Aggregate(new List<SafetyFinding>(), (list, f) =>
            {
                if (list.Count == 0 || !list[^1].Span.Overlaps(f.Span))
                    list.Add(f);
                return list;
            });
        var score = kept.Count == 0 ? 0 : kept.Max(f => f.Confidence * (f.Category.StartsWith("secret", StringComparison.Ordinal) ? 0.9 : 0.5));
        return new(Math.Round(score, 2), kept.Count == 0 ? "allow" : "flag", Groups, [.. kept.Take(MaxFindings)]);
    }
}
