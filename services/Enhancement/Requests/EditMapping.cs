using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Linting;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Edits as the public answer and back from a stored one.</summary>
internal static class EditMapping
{
    public static Edit ToEdit(PromptEdit edit)
    {
        var mapped = new Edit { Id = edit.Id, TechniqueId = edit.TechniqueId, Reason = edit.Reason, Structural = edit.Structural };
        mapped.Changes.AddRange(edit.Changes.Select(c => new Contracts.Enhancement.V1.TextChange { Start = c.Start, End = c.End, Replacement = c.Replacement, Order = c.Order }));
        mapped.Requires.AddRange(edit.Requires);
        return mapped;
    }

    public static Contracts.Enhancement.V1.DiffPart ToPart(Composition.DiffPart part)
    {
        var mapped = new Contracts.Enhancement.V1.DiffPart { Op = part.Op, Text = part.Text };
        if (part.Edit is not null)
            mapped.Edit = part.Edit;
        return mapped;
    }

    /// <summary>The edits of a stored answer.</summary>
    public static EditSet SetOf(EnhanceResponse stored) => new(stored.Original, [.. stored.Edits.Select(FromEdit)]);

    /// <summary>The fixes that the findings of a stored answer carry.</summary>
    public static IReadOnlyList<LintFix> FixesOf(EnhanceResponse stored) =>
        [.. stored.Analysis.Lint.Where(f => f.Edit is not null && f.Id.Length > 0).Select(f => new LintFix(f.Id, new(new(f.Edit.Start, f.Edit.End), f.Edit.Replacement)))];

    private static PromptEdit FromEdit(Edit edit) => new(
        edit.Id, edit.TechniqueId, edit.Reason, edit.Structural, [.. edit.Changes.Select(c => new Composition.TextChange(c.Start, c.End, c.Replacement, c.Order))], [.. edit.Requires]);
}
