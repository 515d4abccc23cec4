using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>The place after the user's last word, where lines are added. White space that stands there goes, so that every addition brings its own.</summary>
internal sealed class TextEnd
{
    readonly EditDraft.Pending room;
    readonly int length;

    public TextEnd(EditDraft draft, string text, string newline, IReadOnlyList<TextSpan> locked)
    {
        (Draft, Newline, length) = (draft, newline, text.Length);
        room = draft.Frame("White space at the end makes room for what is added.");
        var rest = new TextSpan(text.AsSpan().TrimEnd().Length, text.Length);
        if (rest.Length > 0 && !locked.Any(l => l.Overlaps(rest)))
            room.Replace(rest, "");
    }

    public EditDraft Draft { get; }

    public string Newline { get; }

    /// <summary>A frame that begins with <paramref name="text"/>.</summary>
    public EditDraft.Pending Frame(string reason, string text) => Draft.Frame(reason).Put(length, text);

    /// <summary>Adds a mark of structure.</summary>
    public void Put(EditDraft.Pending edit, string text) => Claim(edit).Put(length, text);

    /// <summary>Adds a sentence after <paramref name="lead"/>.</summary>
    public void Say(EditDraft.Pending edit, string lead, string sentence) => Claim(edit).Say(length, lead, sentence);

    EditDraft.Pending Claim(EditDraft.Pending edit) => edit.Rules.Count == 0 || edit.Requires.Contains(room) ? edit : edit.Needing(room);
}
