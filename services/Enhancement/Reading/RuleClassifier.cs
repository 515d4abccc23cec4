namespace PromptPlatform.Enhancement.Reading;

/// <summary>Classifies by rules when the model is away; the answer is then marked degraded.</summary>
public static class RuleClassifier
{
    const double Temperature = 1.6;
    const double AbstainBelow = 0.5;

    // The rest stands for all that the rules do not see; set so that the confidence is about the share of right answers.
    const double Unseen = 8;
    const int Alternatives = 3;
    const double FirstSaid = 2;
    const int NearBeginning = 30;

    /// <summary>The most likely task of <paramref name="reading"/>; abstains when nothing speaks for any.</summary>
    public static Classification Classify(PromptReading reading)
    {
        var intents = Shares(IntentScores(reading));
        var domains = Shares(Scores(reading, "d."));
        var (intent, confidence) = intents.Count > 0 ? intents[0] : ("explanation", 0.1);
        var (domain, domainConfidence) = domains.Count > 0 ? domains[0] : ("general", 0.3);
        return new(intent, confidence, [.. intents.Skip(1).Take(Alternatives)], domain, domainConfidence, Complexity(reading), confidence < AbstainBelow, false, null);
    }

    static Dictionary<string, double> IntentScores(PromptReading reading)
    {
        var scores = Scores(reading, "i.");
        void Add(Feature feature, string intent, double points)
        {
            if (reading.Features.HasAll(feature))
                scores[intent] = scores.GetValueOrDefault(intent) + points;
        }
        Add(Feature.Greeting, "roleplay_chat", 6);
        Add(Feature.PlainQuestion, "factual_qa", 1);
        Add(Feature.Math, "math_reasoning", 2.5);
        Add(Feature.Logic, "reasoning_analysis", 1);
        Add(Feature.CodeMaterial, "code_debugging", 1.5);
        Add(Feature.MissingCode, "code_debugging", 1);
        Add(Feature.HasTargetLanguage, "translation", 1);
        if (reading.Features.HasAll(Feature.HasMaterial | Feature.Question))
            Add(Feature.Question, "information_extraction", 2);
        return scores;
    }

    static Dictionary<string, double> Scores(PromptReading reading, string prefix)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        var told = reading.Layout.Instructions;
        var hits = reading.Hits.All.Where(h => h.Category.StartsWith(prefix, StringComparison.Ordinal) && told.Any(r => r.Contains(h.Span))).ToList();
        var first = hits.Count == 0 ? 0 : hits.Min(h => h.Span.Start);
        foreach (var hit in hits)
        {
            var label = hit.Category[prefix.Length..];
            // What is said first is the task; later words often describe its subject.
            var early = hit.Span.Start == first ? FirstSaid : hit.Span.Start - told[0].Start < NearBeginning ? 1 : 0;
            scores[label] = scores.GetValueOrDefault(label) + hit.Weight + early;
        }
        return scores;
    }

    static List<(string Label, double Probability)> Shares(Dictionary<string, double> scores)
    {
        if (scores.Count == 0)
            return [];
        var best = scores.Values.Max();
        var powers = scores.Select(s => (s.Key, Power: Math.Exp((s.Value - best) / Temperature))).ToList();
        var sum = powers.Sum(p => p.Power) + Math.Exp(-best / Temperature) * Unseen;
        return [.. powers.Select(p => (p.Key, Math.Round(p.Power / sum, 3))).OrderByDescending(p => p.Item2).ThenBy(p => p.Key, StringComparer.Ordinal)];
    }

    static string Complexity(PromptReading reading)
    {
        var words = WordCounter.Count(reading.Layout.InstructionText(reading.Text));
        var rules = reading.Hits.Of("criteria").Count(h => reading.Layout.Instructions.Any(r => r.Contains(h.Span)));
        var points = (words > 150 ? 2 : words > 40 ? 1 : 0) + (rules > 5 ? 2 : rules > 1 ? 1 : 0)
            + (reading.Features.HasAny(Feature.MultipleTasks) ? 1 : 0) + (reading.Features.HasAny(Feature.Comparison | Feature.Logic | Feature.LongForm) ? 1 : 0)
            + (reading.Features.HasAny(Feature.LongMaterial) ? 1 : 0);
        return points switch { 0 => "simple", < 5 => "moderate", _ => "complex" };
    }
}
