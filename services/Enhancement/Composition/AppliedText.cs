using System.Text;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>A change and the id of the edit or finding that it belongs to.</summary>
internal readonly record struct OwnedChange(TextChange Change, string Owner);

/// <summary>Replaces from the front and remembers where each change stands.</summary>
internal sealed class AppliedText(string original)
{
    readonly StringBuilder text = new(original.Length + 600);
    readonly List<(TextChange, int)> placed = [];
    int at;

    /// <summary>The text with <paramref name="changes"/>, which are in order and do not overlap.</summary>
    public AppliedEdits With(IReadOnlyList<OwnedChange> changes)
    {
        foreach (var (change, _) in changes)
        {
            Keep(change.Start);
            placed.Add((change, text.Length));
            text.Append(change.Replacement);
            at = change.End;
        }
        Keep(original.Length);
        return new(text.ToString(), WordDiff.Of(original, changes), []) { Placed = placed };
    }

    void Keep(int until)
    {
        if (until <= at)
            return;
        text.Append(original, at, until - at);
        at = until;
    }
}
