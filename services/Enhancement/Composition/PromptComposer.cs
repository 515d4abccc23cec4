using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Writes a prompt from the user's words and the sentences that a plan chose, as edits. Nothing of the user's is rewritten.</summary>
internal static class PromptComposer
{
    const int CompactLines = 2;
    const int LongestRepeatedTask = 300;

    /// <summary>The edits; without any rule there are none.</summary>
    public static EditSet Compose(PromptInput input, PromptReading reading, IReadOnlyList<PolicyRule> rules, LanguagePack pack)
    {
        var text = reading.Text;
        var newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var rendering = Structure.For(input.Target, reading);
        var draft = new EditDraft();
        MaterialEdits.Add(draft, reading, rules, rendering, pack, input.Locked, newline);
        var end = new TextEnd(draft, text, newline, input.Locked);
        foreach (var rule in rules.Where(r => r.Action == "add-input"))
            AddInput(end, rule, rendering, pack);
        AddSections(end, reading, rules, rendering, pack);
        foreach (var rule in rules.Where(r => r.Section == "end"))
            if (RepeatedTask(reading) is { } task)
                end.Say(draft.Edit(rule), end.Newline + end.Newline, pack.Sentences[rule.Sentences[0]].Replace("{0}", task, StringComparison.Ordinal));
        return new(text, draft.Finish());
    }

    static void AddInput(TextEnd end, PolicyRule rule, Rendering rendering, LanguagePack pack)
    {
        var marks = MaterialMarks.Around(rule.Sentences[0] == "input.code", rendering, pack);
        var edit = end.Draft.Edit(rule);
        end.Put(edit, end.Newline + end.Newline + (marks.Heading is { } heading ? heading + end.Newline : "") + marks.Open);
        end.Say(edit, end.Newline, pack.Sentences[rule.Sentences[0]]);
        end.Put(edit, end.Newline + marks.Close);
    }

    static void AddSections(TextEnd end, PromptReading reading, IReadOnlyList<PolicyRule> rules, Rendering rendering, LanguagePack pack)
    {
        var lines = rules.Where(r => Structure.Sections.Contains(r.Section))
            .Select(r => (Rule: r, Sentences: r.Sentences.Select(s => Filled(pack.Sentences[s], r, reading)).OfType<string>().ToList()))
            .Where(l => l.Sentences.Count > 0).ToList();
        if (lines.Sum(l => l.Sentences.Count) <= CompactLines)
        {
            var space = end.Frame("A blank line before what is added.", end.Newline);
            AddLines(end, [.. Structure.Sections.SelectMany(s => lines.Where(l => l.Rule.Section == s))], space, "");
            return;
        }
        foreach (var section in Structure.Sections)
        {
            var own = lines.Where(l => l.Rule.Section == section).ToList();
            if (own.Count == 0)
                continue;
            var frame = end.Frame("The heading over the lines that were added.", end.Newline + end.Newline + Structure.Open(rendering, pack, section));
            AddLines(end, own, frame, "- ");
            if (rendering == Rendering.Xml)
                end.Put(frame, $"{end.Newline}</{Structure.Tag(section)}>");
        }
    }

    static void AddLines(TextEnd end, List<(PolicyRule Rule, List<string> Sentences)> lines, EditDraft.Pending frame, string bullet)
    {
        foreach (var (rule, sentences) in lines)
        {
            var edit = end.Draft.Edit(rule).Needing(frame);
            foreach (var sentence in sentences)
                end.Say(edit, end.Newline + bullet, sentence);
        }
    }

    static string? Filled(string sentence, PolicyRule rule, PromptReading reading)
    {
        switch (rule.Action)
        {
            case "name-clash":
                var clash = Contradictions.Sure(reading.Text, reading.Hits, reading.Layout.Instructions);
                return clash.Count == 0 ? null : sentence
                    .Replace("{0}", clash[0].First.Of(reading.Text), StringComparison.Ordinal)
                    .Replace("{1}", clash[0].Second.Of(reading.Text), StringComparison.Ordinal);
            case "name-language":
                var named = reading.Entities.FirstOrDefault(e => e.Kind is "language" or "framework" && reading.Layout.Instructions.Any(r => r.Contains(e.Span)));
                return named is null ? null : sentence.Replace("{0}", named.Span.Of(reading.Text), StringComparison.Ordinal);
            default:
                return sentence;
        }
    }

    // One line of the user's own; a task of several lines is not repeated.
    static string? RepeatedTask(PromptReading reading)
    {
        var lead = reading.Layout.Parts[0];
        if (lead.Kind != PartKind.Instruction || reading.Layout.Parts[^1].Kind == PartKind.Instruction)
            return null;
        var task = lead.Span.Of(reading.Text).TrimEnd(':', '：', ' ');
        return task.Length is 0 or > LongestRepeatedTask || task.Contains('\n') ? null : task;
    }
}
