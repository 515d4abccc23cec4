using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Outputs of the engine over the whole corpus, and over prompts that hold what few prompts hold.</summary>
internal static class MutationCorpus
{
    static readonly (string Intent, string Text)[] Rare =
    [
        ("code_debugging", "Fix this code and do not rename parseRow():\n\n```python\ndef parseRow(row):   \n\tif not row:\n\t\treturn None\n\n\treturn row[\"id\"], row[\"n\"]\n```"),
        ("code_debugging", "Why does this print 3 instead of 4?\n\nint total = 0;\nfor (int i = 0; i < 3; i++)\n    total += values[i];\nprintf(\"%d\\n\", total);"),
        ("professional_writing", "Write a mail to {{customer}} about order {{order_id}} of 12 June: 3 boxes, 40 kg, sent from ops@example.org. Don't mention the refund of 25 €."),
        ("summarization", "Summarize this text for my team:\n\nThe ferry “Aurora” carries 420 passengers and 60 cars, and it hasn’t missed a day since 2019.\n\nIt does not sail on Sundays. The crew is 18 people strong.\n\nUse at most 3 sentences."),
        ("translation", "Translate into German: The café’s naïve façade isn't 100% real 👩‍👩‍👧 — see https://example.org/a/very/long/page?q=1."),
        ("explanation", "Explain these steps to a beginner:\n\n1. Open /etc/hosts with sudo.\n2. Add 127.0.0.1 demo.local.\n3. Never edit the first 2 lines.\n4. Restart nginx."),
        ("professional_writing", "Schreibe eine Absage an Frau Jürgens, nicht länger als 120 Wörter, ohne das Wort „leider“ zu verwenden."),
        ("explanation", "用三句话解释什么是DNS，不要超过50个字，不要使用比喻。"),
        ("summarization", "次の文章を100字以内で要約してください。数字は変えないでください。\n\n新しい橋は2024年に開通し、1日に4200台の車が通ります。歩行者は通れません。"),
        ("explanation", "Explique-moi l’effet de serre  en 5 phrases, sans jargon, et n’utilise pas d’équations."),
        ("code_generation", "Write a function\r\nthat merges two sorted lists in Python\r\nand never mutates its arguments.\r\n"),
        ("explanation", "Explain cafe\u0301 culture in Vienna to a tourist in 200 words, and \u200Fdo not\u200F list prices."),
    ];

    static readonly Lazy<IReadOnlyList<MutationCase>> AllCases = new(() => [.. Outputs().DistinctBy(c => (c.Original, c.Enhanced))]);

    /// <summary>Every distinct output.</summary>
    public static IReadOnlyList<MutationCase> Cases => AllCases.Value;

    static IEnumerable<MutationCase> Outputs()
    {
        var rare = Rare.Select(r => (Input: PromptInput.Of(r.Text), Classification: new Classification(r.Intent, 0.9, [], "general", 0.9, "moderate", false, false, null)));
        foreach (var (input, classification) in EngineCorpus.Prompts.Select(p => (p.Input, p.Classification)).Concat(rare))
            foreach (var target in Promises.Families)
                foreach (var style in Promises.Styles)
                {
                    var outcome = EngineCorpus.Enhance(input with { Target = target, Style = style, Variations = 2 }, classification);
                    var language = outcome.Analysis.Language;
                    if (LanguagePack.For(language) is not { } pack)
                        continue;
                    // A prompt that the engine leaves alone gets a line, so that it can be spoilt, too.
                    yield return new(outcome.Original, outcome.Enhanced != outcome.Original ? outcome.Enhanced : outcome.Original.TrimEnd() + "\n\n" + pack.Sentences["fact.unsure"], language);
                    foreach (var variation in outcome.Variations)
                        yield return new(outcome.Original, variation.Text, language);
                }
    }
}
