using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Writes a prompt from the user's words and the sentences that a plan chose. Nothing of the user's is rewritten.</summary>
internal static class PromptComposer
{
    const int CompactLines = 2;
    const int LongestRepeatedTask = 300;

    /// <summary>The composed text; without any rule it is the original.</summary>
    public static ComposedText Compose(PromptInput input, PromptReading reading, IReadOnlyList<PolicyRule> rules, LanguagePack pack)
    {
        var text = reading.Text;
        var rendering = Structure.For(input.Target, reading);
        var composed = new ComposedText(text, text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        Body(composed, reading, rules, rendering, pack, input.Locked);
        foreach (var rule in rules.Where(r => r.Action == "add-input"))
            AddInput(composed, rule, rendering, pack);
        AddSections(composed, reading, rules, rendering, pack);
        foreach (var rule in rules.Where(r => r.Section == "end"))
            if (RepeatedTask(reading) is { } task)
                composed.Blank().Sentence(pack.Sentences[rule.Sentences[0]].Replace("{0}", task, StringComparison.Ordinal), rule.Technique);
        return composed;
    }

    // The user's text, its material set apart or moved when the plan says so.
    static void Body(ComposedText composed, PromptReading reading, IReadOnlyList<PolicyRule> rules, Rendering rendering, LanguagePack pack, IReadOnlyList<TextSpan> locked)
    {
        var parts = reading.Layout.Parts;
        var marks = rules.Any(r => r.Action is "wrap-material") ? MaterialMarks.For(reading, rendering, pack) : null;
        var first = rules.Any(r => r.Action == "material-first");
        // A locked range that crosses a seam keeps its surroundings.
        var whole = locked.Any(l => !parts.Any(p => p.Span.Contains(l)));
        if (whole || marks is null && !first)
        {
            composed.User(new(0, reading.Text.Length));
            return;
        }
        foreach (var part in first ? parts.OrderBy(p => p.Kind == PartKind.Instruction).ToList() : parts)
        {
            composed.Blank();
            if (part.Kind == PartKind.Instruction || marks is null)
            {
                composed.User(part.Span);
                continue;
            }
            if (first && marks.Heading is { } heading)
                composed.Mark(heading).Line();
            composed.Mark(marks.Open).Line().User(part.Span).Line().Mark(marks.Close);
        }
    }

    static void AddInput(ComposedText composed, PolicyRule rule, Rendering rendering, LanguagePack pack)
    {
        var marks = MaterialMarks.Around(rule.Sentences[0] == "input.code", rendering, pack);
        composed.Blank();
        if (marks.Heading is { } heading)
            composed.Mark(heading);
        composed.Mark(marks.Open).Sentence(pack.Sentences[rule.Sentences[0]], rule.Technique).Mark(marks.Close);
    }

    static void AddSections(ComposedText composed, PromptReading reading, IReadOnlyList<PolicyRule> rules, Rendering rendering, LanguagePack pack)
    {
        var lines = rules.Where(r => Structure.Sections.Contains(r.Section))
            .SelectMany(r => r.Sentences.Select(s => (r.Section, r.Technique, Text: Filled(pack.Sentences[s], r, reading))))
            .Where(l => l.Text is not null).ToList();
        var compact = lines.Count <= CompactLines;
        if (compact && lines.Count > 0)
            composed.Blank();
        foreach (var section in Structure.Sections)
        {
            var own = lines.Where(l => l.Section == section).ToList();
            if (own.Count == 0)
                continue;
            if (!compact)
                composed.Blank().Mark(Structure.Open(rendering, pack, section));
            foreach (var line in own)
                composed.Sentence(line.Text!, line.Technique, compact ? "" : "- ");
            if (!compact && rendering == Rendering.Xml)
                composed.Mark($"</{Structure.Tag(section)}>");
        }
    }

    static string? Filled(string sentence, PolicyRule rule, PromptReading reading)
    {
        switch (rule.Action)
        {
            case "name-clash":
                var clash = Contradictions.Find(reading.Hits, reading.Layout.Instructions);
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
