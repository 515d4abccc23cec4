using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>What cannot be applied and how to cure it.</summary>
/// <param name="Field">accept or fixes.</param>
/// <param name="Index">Which entry of it, from 0.</param>
/// <param name="Problem">In words for the caller; names all that are involved.</param>
public sealed record EditFault(string Field, int Index, string Problem);

/// <summary>A text with some of its edits.</summary>
/// <param name="Text">The text.</param>
/// <param name="Diff">From the original to it.</param>
/// <param name="Edits">Ids of what was applied, structural edits included, in the order of the set.</param>
public sealed record AppliedEdits(string Text, IReadOnlyList<DiffPart> Diff, IReadOnlyList<string> Edits)
{
    /// <summary>Where each applied change begins in the text.</summary>
    internal IReadOnlyList<(TextChange Change, int At)> Placed { get; init; } = [];
}

/// <summary>
/// The edits of an enhancement and the one rule by which they are applied. Pure; a client may do the same: take the accepted edits and
/// every structural edit that one of them requires, sort all their changes by start and then by order, and replace from the front.
/// All edits give the enhanced text, none the original byte for byte. Fixes of lint findings index the original too; at one place they
/// stand before the changes of edits, and a fix that touches what an accepted edit or another fix replaces is refused.
/// </summary>
/// <param name="original">The text that the changes index.</param>
/// <param name="edits">The edits of one enhancement.</param>
public sealed class EditSet(string original, IReadOnlyList<PromptEdit> edits)
{
    // Before every change of an edit: a fix closes the user's text, and what an edit adds comes after it.
    const int FixesFirst = -1;

    /// <summary>The edits, by place in the enhanced text.</summary>
    public IReadOnlyList<PromptEdit> All => edits;

    /// <summary>The ids that can be accepted.</summary>
    public IEnumerable<string> Ids => edits.Where(e => !e.Structural).Select(e => e.Id);

    /// <summary>Why <paramref name="accept"/> and <paramref name="fixes"/> cannot be applied together, or null when they can.</summary>
    public EditFault? Check(IReadOnlyList<string> accept, IReadOnlyList<LintFix> fixes)
    {
        for (var i = 0; i < accept.Count; i++)
        {
            if (edits.FirstOrDefault(e => e.Id == accept[i]) is not { } edit)
                return new("accept", i, edits.Count == 0 ? "is no edit of this enhancement; it has none" : $"is no edit of this enhancement; it has {string.Join(", ", Ids)}");
            if (edit.Structural && !edits.Any(e => accept.Contains(e.Id) && e.Requires.Contains(edit.Id)))
                return new("accept", i, $"{edit.Id} is a structural edit and comes with those that require it; leave it out, or accept one of {string.Join(", ", edits.Where(e => e.Requires.Contains(edit.Id)).Select(e => e.Id))}");
            if (edit.Requires.FirstOrDefault(r => !accept.Contains(r) && edits.Any(e => e.Id == r && !e.Structural)) is { } required)
                return new("accept", i, $"{edit.Id} requires {required}; accept {required} too, or leave {edit.Id} out");
        }
        return Conflict(Chosen(accept), fixes);
    }

    /// <summary>The text with all edits.</summary>
    public AppliedEdits ApplyAll() => Apply([.. Ids], []);

    /// <summary>The text with <paramref name="accept"/> and <paramref name="fixes"/>.</summary>
    /// <exception cref="ArgumentException">They cannot be applied together: see <see cref="Check"/>.</exception>
    public AppliedEdits Apply(IReadOnlyList<string> accept, IReadOnlyList<LintFix> fixes)
    {
        if (Check(accept, fixes) is { } fault)
            throw new ArgumentException($"{fault.Field}[{fault.Index}] {fault.Problem}", fault.Field);
        var chosen = Chosen(accept);
        var changes = chosen.SelectMany(e => e.Changes.Select(c => new OwnedChange(c, e.Id)))
            .Concat(fixes.Select(f => new OwnedChange(new(f.Edit.Span.Start, f.Edit.Span.End, f.Edit.Replacement, FixesFirst), f.Id)))
            .OrderBy(c => c.Change.Start).ThenBy(c => c.Change.Order).ToList();
        return new AppliedText(original).With(changes) with { Edits = [.. chosen.Select(e => e.Id)] };
    }

    List<PromptEdit> Chosen(IReadOnlyList<string> accept)
    {
        var frames = edits.Where(e => accept.Contains(e.Id)).SelectMany(e => e.Requires).ToHashSet(StringComparer.Ordinal);
        return [.. edits.Where(e => accept.Contains(e.Id) || e.Structural && frames.Contains(e.Id))];
    }

    static EditFault? Conflict(List<PromptEdit> chosen, IReadOnlyList<LintFix> fixes)
    {
        for (var i = 0; i < fixes.Count; i++)
        {
            var span = fixes[i].Edit.Span;
            if (fixes.Take(i).FirstOrDefault(f => Clash(f.Edit.Span, span)) is { } other)
                return new("fixes", i, $"{fixes[i].Id} and {other.Id} change the same words; accept one of them");
            foreach (var edit in chosen)
                if (edit.Changes.Any(c => Clash(new(c.Start, c.End), span)))
                    return new("fixes", i, $"{fixes[i].Id} changes words that {edit.Id} replaces; accept one of them");
        }
        return null;
    }

    // Two insertions at one place follow each other; one inside what the other replaces has no place.
    static bool Clash(TextSpan one, TextSpan other) =>
        one.Overlaps(other) || one.Length == 0 && other.Start < one.Start && one.Start < other.End || other.Length == 0 && one.Start < other.Start && other.Start < one.End;
}
