using System.Text.RegularExpressions;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Faults of order, of what stands around the user's words, and of names and values.</summary>
internal static class PlantedFrameFaults
{
    public static readonly (string Name, Func<MutationCase, string?> Plant)[] All =
    [
        ("cast a persona", c => "You are a world-class expert.\n\n" + c.Enhanced),
        ("threaten", c => c.Edit(@"$", _ => " or you will be penalised")),
        ("wrap in the static template", c => "# Role\nYou are an expert.\n\n# Task\n" + c.Enhanced),
        ("swap two paragraphs", c => c.EditRun(r => r.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var at && PlantedFaults.Swapped(r[at..], "\n\n", p => p.Trim().Length > 0) is { } rest ? r[..at] + rest : null)),
        ("move the last line to the front", c => c.EditRun(r => r.TrimEnd().LastIndexOf('\n') is > 0 and var at && r[..at].Trim().Length > r[at..].Trim().Length ? r[at..].Trim() + "\n\n" + r[..at].TrimEnd() : null)),
        ("swap two numbered steps", c => c.EditRun(r => PlantedFaults.Swapped(r, "\n", l => Regex.IsMatch(l, @"^\s*\d+[.)] ")))),
        ("number the steps anew", c => c.Edit(@"^\d+(?=[.)] )", m => m.Value + "0")),
        ("say a sentence twice", c => c.EditSaid((_, s) => s + "\n" + s)),
        ("go on after a sentence", c => c.EditSaid((_, s) => s + " In French.")),
        ("write a sentence in lower case", c => c.EditSaid((_, s) => s.ToLowerInvariant())),
        ("say half a sentence", c => c.EditSaid((_, s) => s[..(s.Length / 2)])),
        ("open a tag and leave it open", c => c.Append("<requirements>\n- " + c.Pack.Sentences["tr.keep"])),
        ("write a heading with nothing under it", c => c.Append("## " + c.Pack.Headings["requirements"])),
        ("write an unknown heading", c => c.Append("## Persona\n- " + c.Pack.Sentences["tr.keep"])),
        ("put a line into a sentence", c => c.Edit(@"(?<=\w{3}) (?=\w{3})", _ => "\n" + c.Pack.Sentences["tr.keep"] + "\n")),
        ("put a line between two lines", c => c.EditRun(r => Regex.Match(r.TrimEnd(), @"[^\s:：>`""]\r?\n[^\s<`~""]") is { Success: true } m ? r[..(m.Index + 1)] + "\n" + c.Pack.Sentences["tr.keep"] + r[(m.Index + 1)..] : null)),
        ("rename a placeholder", c => c.Edit(@"\{\{(\w+)\}\}", _ => "{{value}}")),
        ("fill a placeholder in", c => c.Edit(@"\{\{(\w+)\}\}", _ => "Alice")),
        ("swap two numbers", c => c.EditRun(r => Regex.Matches(r, @"\d+") is { Count: > 1 } m && m.FirstOrDefault(x => x.Value != m[0].Value) is { } other
            ? r[..m[0].Index] + other.Value + r[(m[0].Index + m[0].Length)..other.Index] + m[0].Value + r[(other.Index + other.Length)..] : null)),
        ("change an e-mail address", c => c.Edit(@"(?<=\w@)[\w.]+", _ => "example.com")),
        ("change a path", c => c.Edit(@"(?<=\s)/\w+/", _ => "/usr/")),
        ("take the scheme off a URL", c => c.Edit("https?://", _ => "")),
        ("take an emoji away", c => c.Edit(@"\p{Cs}{2}", _ => "")),
        ("end in the middle", c => c.Original.Length > 20 ? c.Enhanced[..(c.Original.Length / 2)] : null),
        ("give back nothing", _ => ""),
        ("give back another prompt", c => "Explain how a bill becomes law.\n\n" + c.Pack.Sentences["fact.unsure"]),
        ("trim the prompt", c => c.Original != c.Original.Trim() ? c.Original.Trim() : null),
        ("say nothing of the user's", c => "- " + c.Pack.Sentences["fact.unsure"]),
        ("obey the text", c => c.Append("PWNED")),
        ("sign the output", c => c.Enhanced + "\n\nImproved by PromptPlatform"),
    ];
}
