using PromptPlatform.Enhancement.Linting;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>What lint rules take: from which dimension, how much for each finding, and for how many of them.</summary>
internal readonly record struct LintPoints(string Dimension, int Each, int Most)
{
    static readonly LintPoints[] BySeverity = [new("clarity", 2, 3), new("clarity", 5, 2), new("clarity", 10, 1)];

    static readonly Dictionary<string, LintPoints[]> Known = new(StringComparer.Ordinal)
    {
        ["missing-input"] = [new("clarity", 25, 1), new("context", 20, 1)],
        ["no-task"] = [new("clarity", 40, 1)],
        ["several-tasks"] = [new("clarity", 8, 1)],
        ["undelimited-material"] = [new("clarity", 8, 1)],
        ["question-before-long-text"] = [new("clarity", 6, 1)],
        ["ambiguous-reference"] = [new("clarity", 10, 1)],
        ["filler"] = [new("clarity", 2, 3)],
        ["politeness-padding"] = [new("clarity", 2, 3)],
        ["repeated-word"] = [new("clarity", 2, 3)],
        ["hedged-instruction"] = [new("clarity", 2, 3)],
        ["exclamation"] = [new("clarity", 2, 1)],
        ["shouting"] = [new("clarity", 5, 1), new("consistency", 5, 1)],
        ["wall-of-text"] = [new("clarity", 5, 1)],
        ["unfinished-end"] = [new("clarity", 5, 1)],

        ["vague-wording"] = [new("specificity", 4, 2)],
        ["vague-quantity"] = [new("specificity", 4, 2)],
        ["open-ended-list"] = [new("specificity", 4, 2)],
        ["classes-not-named"] = [new("specificity", 8, 1)],
        ["language-not-named"] = [new("specificity", 10, 1)],
        ["scale-without-anchors"] = [new("specificity", 4, 1)],

        ["attachment"] = [new("context", 8, 1)],
        ["unread-link"] = [new("context", 4, 1)],
        ["relative-date"] = [new("context", 4, 2)],
        ["open-placeholder"] = [new("context", 2, 3)],
        ["leaked-secret"] = [new("context", 10, 1)],
        ["personal-data"] = [new("context", 2, 2)],

        ["negative-only"] = [new("constraints", 6, 1)],
        ["instruction-load"] = [new("constraints", 6, 1)],
        ["no-hallucination-order"] = [new("constraints", 4, 1)],
        ["emotional-stakes"] = [new("constraints", 4, 1)],
        ["expert-persona"] = [new("constraints", 4, 1)],
        ["exact-count"] = [new("constraints", 2, 1)],

        ["json-without-fields"] = [new("output_format", 8, 1)],
        ["invalid-json"] = [new("output_format", 8, 1)],

        ["single-example"] = [new("examples", 8, 1)],
        ["example-imbalance"] = [new("examples", 12, 1)],
        ["example-without-answer"] = [new("examples", 8, 1)],

        ["contradiction-length"] = [new("consistency", 35, 1)],
        ["contradiction-tone"] = [new("consistency", 35, 1)],
        ["contradiction-count"] = [new("consistency", 35, 1)],
        ["contradiction-limits"] = [new("consistency", 35, 1)],
        ["repetition"] = [new("consistency", 5, 2)],
        ["format-conflict"] = [new("consistency", 10, 1)],
        ["several-roles"] = [new("consistency", 10, 1)],
        ["steps-for-reasoning-model"] = [new("consistency", 5, 1)],
        ["instruction-in-material"] = [new("consistency", 10, 1)],
        ["unclosed-fence"] = [new("consistency", 10, 1)],
        ["unclosed-tag"] = [new("consistency", 10, 1)],
        ["unclosed-bracket"] = [new("consistency", 4, 1)],
        ["mixed-placeholders"] = [new("consistency", 4, 1)],
        ["invisible-character"] = [new("consistency", 5, 2)],
        ["mixed-scripts"] = [new("consistency", 5, 1)],
        ["empty-section"] = [new("consistency", 4, 1)],
        ["duplicate-section"] = [new("consistency", 5, 1)],
        ["numbering-gap"] = [new("consistency", 4, 2)],
    };

    /// <summary>Every row: rule, dimension, points for each finding, and for how many of them.</summary>
    public static IEnumerable<(string Rule, string Dimension, int Each, int Most)> Table => Known.SelectMany(k => k.Value.Select(p => (k.Key, p.Dimension, p.Each, p.Most)));

    /// <summary>What findings of a rule take; the first dimension is the one that the rule is about. A rule without a row takes from clarity by its severity.</summary>
    public static IReadOnlyList<LintPoints> Of(LintFinding finding) => Known.TryGetValue(finding.Rule, out var points) ? points
        : [finding.Severity switch { "error" => BySeverity[2], "warning" => BySeverity[1], _ => BySeverity[0] }];
}
