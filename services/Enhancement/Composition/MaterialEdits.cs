using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Sets pasted material apart and puts a long one before the task.</summary>
internal static class MaterialEdits
{
    /// <summary>Adds the edit to <paramref name="draft"/>; a locked range that crosses a seam keeps its surroundings.</summary>
    public static void Add(EditDraft draft, PromptReading reading, IReadOnlyList<PolicyRule> rules, Rendering rendering, LanguagePack pack, IReadOnlyList<TextSpan> locked, string newline)
    {
        var parts = reading.Layout.Parts;
        var at = parts.ToList().FindIndex(p => p.Kind != PartKind.Instruction);
        var own = rules.Where(r => r.Action is "wrap-material" or "material-first").OrderBy(r => r.Action, StringComparer.Ordinal).ToList();
        // Without marks nobody could tell where a text that stands first ends.
        if (at < 0 || own.Count == 0 || MaterialMarks.For(reading, rendering, pack) is not { } marks || locked.Any(l => !parts.Any(p => p.Span.Contains(l))))
            return;
        if (at > 0 && own.Any(r => r.Action == "material-first"))
            Move(draft.Edit(own), reading, at, marks, newline);
        else if (own.Any(r => r.Action == "wrap-material"))
            Wrap(draft.Edit(own.Where(r => r.Action == "wrap-material").ToList()), reading, at, marks, newline);
    }

    static void Wrap(EditDraft.Pending edit, PromptReading reading, int at, MaterialMarks marks, string newline)
    {
        var parts = reading.Layout.Parts;
        var material = parts[at].Span;
        var before = new TextSpan(at == 0 ? material.Start : parts[at - 1].Span.End, material.Start);
        var after = new TextSpan(material.End, at + 1 == parts.Count ? material.End : parts[at + 1].Span.Start);
        if (at == 0 || HasBlankLine(before.Of(reading.Text)))
            edit.Put(material.Start, marks.Open + newline);
        else
            edit.Replace(before, newline + newline + marks.Open + newline);
        if (at + 1 == parts.Count || HasBlankLine(after.Of(reading.Text)))
            edit.Put(material.End, newline + marks.Close);
        else
            edit.Replace(after, newline + marks.Close + newline + newline);
    }

    static void Move(EditDraft.Pending edit, PromptReading reading, int at, MaterialMarks marks, string newline)
    {
        var parts = reading.Layout.Parts;
        var (start, end) = (parts[0].Span.Start, parts[at - 1].Span.End);
        var material = parts[at].Span;
        edit.Put(start, (marks.Heading is { } heading ? heading + newline : "") + marks.Open + newline
            + material.Of(reading.Text) + newline + marks.Close + newline + newline);
        if (at + 1 < parts.Count && !HasBlankLine(reading.Text[material.End..parts[at + 1].Span.Start]))
            edit.Replace(new(end, parts[at + 1].Span.Start), newline + newline);
        else
            edit.Replace(new(end, material.End), "");
    }

    static bool HasBlankLine(string gap) => gap.AsSpan().Count('\n') > 1;
}
