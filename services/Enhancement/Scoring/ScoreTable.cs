using PromptPlatform.Enhancement.Reading;
using static PromptPlatform.Enhancement.Scoring.ScoreRow;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>The table of points, apart from what lint rules take (<see cref="LintPoints"/>). README.md shows it.</summary>
internal static class ScoreTable
{
    /// <summary>The dimensions, their share of the total in percent, where each begins, and what a plain question has at least.</summary>
    public static readonly IReadOnlyList<(string Name, int Share, int Start, int PlainQuestion)> Dimensions =
    [
        ("clarity", 20, 60, 90), ("specificity", 20, 30, 80), ("context", 15, 35, 80), ("constraints", 15, 30, 75), ("output_format", 15, 30, 80), ("examples", 5, 50, 70), ("consistency", 10, 95, 95),
    ];

    /// <summary>The rows.</summary>
    public static readonly IReadOnlyList<ScoreRow> Rows =
    [
        Earns("clarity", 15, "A verb that orders, or a question.", f => f.Says("instruct") || f.Says("transform") || f.Has(Feature.Question)),
        Earns("clarity", 10, "Between 6 and 200 words of instruction.", f => f.Words is >= 6 and <= 200),
        Earns("clarity", 10, "Sections: a heading, label or tag for each part of a long prompt.", f => f.Has(Feature.Expert)),
        Earns("clarity", 5, "The task once more after a long text.", f => f.Carries("data.task")),
        Costs("clarity", 13, "The text to work on is still a placeholder.", f => f.AwaitsMaterial),

        Earns("specificity", 12, "Numbers: how many, how long, how much.", f => f.Has(Feature.HasNumber)),
        Earns("specificity", 12, "A programming language, an address or code.", f => f.Has(Feature.HasCodeLanguage | Feature.HasUrl | Feature.HasCode)),
        Earns("specificity", 8, "Names as they are: identifiers, paths, quotations.", f => f.Names("identifier", "path", "quote")),
        Earns("specificity", 6, "A length.", f => f.Has(Feature.HasLength)),
        Earns("specificity", 6, "A deadline or a budget.", f => f.Has(Feature.HasDeadline | Feature.HasMoney)),
        Earns("specificity", 10, "The labels or the language to choose.", f => f.Has(Feature.HasTargetLanguage | Feature.HasLabels)),
        Earns("specificity", 10, "More than 12 words of instruction.", f => f.Words > 12),
        Earns("specificity", 12, "More than 40 words of instruction.", f => f.Words > 40),
        Earns("specificity", 8, "A section for each part.", f => f.Has(Feature.Expert)),
        new("specificity", "Lines that say what a good answer has.", 12, f => Math.Min(f.Criteria * 4, 12)),
        new("specificity", "Lines with a placeholder to fill in.", 6, f => Math.Min(f.OpenPlaceholders * 2, 6)),

        Earns("context", 30, "The text, code or data to work on.", f => f.Has(Feature.HasMaterial) && !f.AwaitsMaterial),
        Earns("context", 6, "A place for the text to work on.", f => f.AwaitsMaterial),
        Earns("context", 15, "For whom the answer is.", f => f.Has(Feature.HasAudience)),
        Earns("context", 10, "Background given with the request.", f => f.Has(Feature.HasContext)),
        Earns("context", 6, "A role that sets the tone.", f => f.Has(Feature.HasRole)),
        Earns("context", 10, "The error message or wrong result.", f => f.Has(Feature.HasError)),
        Earns("context", 10, "More than 25 words of instruction.", f => f.Words > 25),
        Earns("context", 10, "More than 60 words of instruction.", f => f.Words > 60),
        new("context", "Lines with a placeholder to fill in.", 6, f => Math.Min(f.OpenPlaceholders * 2, 6)),

        Earns("constraints", 22, "A rule that the answer must keep.", f => f.Has(Feature.HasConstraints)),
        Earns("constraints", 16, "Four rules or more, or a list of them.", f => f.Has(Feature.ManyConstraints)),
        Earns("constraints", 8, "A length.", f => f.Has(Feature.HasLength)),
        Earns("constraints", 8, "A tone.", f => f.Has(Feature.HasTone)),
        Earns("constraints", 6, "A section for each part.", f => f.Has(Feature.Expert)),
        new("constraints", "Lines that say what a good answer has.", 30, f => Math.Min(f.Criteria * 10, 30)),

        new("output_format", "The form of the answer: a list, a table, a letter, JSON.", 45, f => f.Has(Feature.HasFormat) ? 45 : f.HasFormatLine ? 40 : f.Has(Feature.HasDataFormat) ? 30 : 0),
        Earns("output_format", 5, "A line that says how the form is laid out.", f => f.HasFormatLine),
        Earns("output_format", 8, "A length.", f => f.Has(Feature.HasLength)),
        Earns("output_format", 8, "A section for each part.", f => f.Has(Feature.Expert)),

        Earns("examples", 35, "Examples of what comes in and what is to come out.", f => f.Has(Feature.HasExamples)),
        Earns("examples", 10, "The answer is to bring an example.", f => f.Has(Feature.AsksExamples)),
        Earns("examples", 10, "Code that shows what is meant.", f => f.Has(Feature.HasCode)),
        Earns("examples", 5, "What to take from the examples and what not.", f => f.Carries("examples.follow")),

        Earns("consistency", 15, "What counts more where two instructions collide.", f => f.Carries("clash.priority")),
        Earns("consistency", 8, "Orders inside the text to work on do not count.", f => f.Carries("data.only") && f.Has(Feature.Injection)),
    ];
}
