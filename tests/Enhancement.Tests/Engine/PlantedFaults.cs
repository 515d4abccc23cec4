using System.Text.RegularExpressions;
using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Faults that an enhancer might have, planted in good outputs. Each gives null where it does not apply.</summary>
internal static class PlantedFaults
{
    const string Negation = @"\b(do not|don't|don’t|not|never|without|nicht|kein|keine|ohne|no|sin|pas|sans|non|senza|não|sem)\b ?|不要|不|ないで|ません";

    // By hand: without the system's Unicode data, string.Normalize leaves everything as it is.
    static readonly Dictionary<string, string> Decomposed = new() { ["é"] = "e\u0301", ["ï"] = "i\u0308", ["ç"] = "c\u0327", ["ü"] = "u\u0308", ["ä"] = "a\u0308", ["ö"] = "o\u0308" };

    public static readonly (string Name, Func<MutationCase, string?> Plant)[] Asked =
    [
        ("drop a number", c => c.Edit(@"\d+", _ => "")),
        ("change a number", c => c.Edit(@"\d", m => m.Value == "7" ? "8" : "7")),
        ("change a unit", c => c.Edit(@"(?<=\d )[A-Za-zÀ-ÿ€%]+", m => m.Value == "kg" ? "lb" : "kg")),
        ("translate a sentence", c => c.EditSaid((key, _) => LanguagePack.For(c.Language == "de" ? "en" : "de")!.Sentences[key])),
        ("answer the prompt", c => c.Append("The answer is 42.")),
        ("answer the prompt, as a list item", c => c.Append("- Paris is the capital of France.")),
        ("add a requirement", c => c.Append("- Use at least 500 words.")),
        ("reorder lines of code", c => c.EditRun(r => Swapped(r, "\n", l => l.Length > 0 && "{}()=;".Any(l.Contains)))),
        ("drop a negation", c => c.Edit(Negation, _ => "", RegexOptions.IgnoreCase)),
        ("merge two lines", c => c.EditRun(r => Regex.Match(r, @"\S(\r?\n)+\s*\S") is { Success: true } m ? r[..(m.Index + 1)] + " " + r[(m.Index + m.Length - 1)..] : null)),
        ("make quotes typographic", c => c.Edit("\"([^\"]+)\"", m => $"“{m.Groups[1].Value}”")),
        ("normalise to NFD", c => c.Edit("[éïçüäö]", m => Decomposed[m.Value])),
        ("normalise to NFC", c => c.Edit("e\u0301", _ => "é")),
        ("trim white space at line ends", c => c.EditRun(r => Regex.Replace(r, @"[ \t]+(?=\n)", ""))),
        ("swap two placeholders", c => c.EditRun(r => Regex.Matches(r, @"\{\{\w+\}\}") is { Count: > 1 } m && m[0].Value != m[1].Value
            ? r[..m[0].Index] + m[1].Value + r[(m[0].Index + m[0].Length)..m[1].Index] + m[0].Value + r[(m[1].Index + m[1].Length)..] : null)),
        ("double a segment", c => c.EditRun(r => r + "\n\n" + r)),
        ("change the case of an identifier", c => c.Edit(@"\b[a-z]+[A-Z]\w*|\b\w+_\w+", m => m.Value.ToUpperInvariant())),
        ("strip a zero-width joiner", c => c.Edit("\u200D", _ => "")),
        ("insert an emotional stake", c => c.Append("- This is very important to my career.")),
        ("fill a slot with foreign words", c => c.Pack.Sentences["data.task"] is var s && !c.Original.Contains("quarterly dividend", StringComparison.Ordinal) ? c.Append(s.Replace("{0}", "quarterly dividend", StringComparison.Ordinal)) : null),
        ("say a sentence of another pack", c => c.Append("- " + LanguagePack.For(c.Language == "fr" ? "it" : "fr")!.Sentences["fact.unsure"])),
        ("shorten a URL", c => c.Edit(@"https?://\S+", _ => "https://bit.ly/3x")),
    ];

    public static readonly (string Name, Func<MutationCase, string?> Plant)[] Words =
    [
        ("drop the last line", c => c.EditRun(r => r.TrimEnd().LastIndexOf('\n') is > 0 and var at ? r[..at] : null)),
        ("drop the first word", c => c.Edit(@"^\S+\s+", _ => "")),
        ("drop a word in the middle", c => c.Edit(@"(?<=\w) \w+(?= \w)", _ => "")),
        ("capitalise the first letter", c => c.Edit(@"^[a-z]", m => m.Value.ToUpperInvariant())),
        ("end the user's line with a full stop", c => c.Edit(@"\w$", m => m.Value + ".")),
        ("take the full stop away", c => c.Edit(@"\.$", _ => "")),
        ("write another line end", c => c.EditRun(r => r.Contains("\r\n", StringComparison.Ordinal) ? r.Replace("\r\n", "\n", StringComparison.Ordinal) : r.TrimEnd().Contains('\n') ? r.TrimEnd().Replace("\n", "\r\n", StringComparison.Ordinal) : null)),
        ("write tabs as blanks", c => c.EditRun(r => r.Replace("\t", "    ", StringComparison.Ordinal))),
        ("indent one level less", c => c.EditRun(r => Regex.Replace(r, "\n(    |\t)", "\n"))),
        ("collapse blank lines", c => c.EditRun(r => Regex.Replace(r, @"(\r?\n){2,}", "\n"))),
        ("add a blank line", c => c.EditRun(r => r.TrimEnd().IndexOf('\n') is > 0 and var at ? r[..at] + "\n\n" + r[at..] : null)),
        ("collapse double spaces", c => c.Edit("(?<=\\S)  +", _ => " ")),
        ("make straight apostrophes of typographic ones", c => c.Edit("’", _ => "'")),
        ("take the quotes off a quotation", c => c.Edit("[\"“„«「]([^\"“”«»」]+)[\"”“»」]", m => m.Groups[1].Value)),
        ("write half-width punctuation", c => c.Edit("[，。：、]", _ => ", ")),
        ("shout", c => c.Edit(@"\b[a-z]{4,}\b", m => m.Value.ToUpperInvariant())),
        ("use a letter that looks the same", c => c.Edit("a", _ => "\u0430")),
        ("strip a direction mark", c => c.Edit("\u200F", _ => "")),
        ("correct a word", c => c.Edit(@"\b\w{5,}\b", m => m.Value[..^1])),
        ("say at most for at least", c => c.Edit("at most|at least|höchstens|mindestens|以内", m => m.Value == "at most" ? "at least" : "at most")),
        ("add a negation", c => c.Edit(@"(?<=^\w+) ", _ => " not ")),
        ("add an adjective", c => c.Edit(@"\b(a|an|the|eine|ein|un|une|una|um|uma) ", m => m.Value + "great ")),
    ];

    /// <summary>Two neighbouring parts that differ, exchanged.</summary>
    public static string? Swapped(string text, string separator, Func<string, bool> counts)
    {
        var parts = text.Split(separator);
        for (var i = 0; i + 1 < parts.Length; i++)
            if (counts(parts[i]) && counts(parts[i + 1]) && parts[i].Trim() != parts[i + 1].Trim())
            {
                (parts[i], parts[i + 1]) = (parts[i + 1], parts[i]);
                return string.Join(separator, parts);
            }
        return null;
    }
}
