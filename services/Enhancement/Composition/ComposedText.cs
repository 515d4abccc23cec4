using System.Text;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>A range of the user's text and where it stands now.</summary>
internal readonly record struct UserPiece(TextSpan Original, int At);

/// <summary>A line that the engine added.</summary>
internal readonly record struct EngineLine(string Technique, TextSpan Span);

/// <summary>A text in the making, which remembers whose words stand where.</summary>
internal sealed class ComposedText(string original, string newline)
{
    readonly StringBuilder text = new(original.Length + 600);
    readonly List<UserPiece> pieces = [];
    readonly List<EngineLine> lines = [];

    /// <summary>The user's ranges, by their new position.</summary>
    public IReadOnlyList<UserPiece> Pieces => pieces;

    /// <summary>The engine's lines, by position.</summary>
    public IReadOnlyList<EngineLine> Lines => lines;

    /// <summary>The text so far.</summary>
    public string Text => text.ToString();

    /// <summary>Adds words of the user as they are.</summary>
    public ComposedText User(TextSpan span)
    {
        pieces.Add(new(span, text.Length));
        text.Append(original, span.Start, span.Length);
        return this;
    }

    /// <summary>Goes on in a new line.</summary>
    public ComposedText Line()
    {
        if (text.Length > 0 && text[^1] != '\n')
            text.Append(newline);
        return this;
    }

    /// <summary>Goes on after a blank line.</summary>
    public ComposedText Blank()
    {
        if (text.Length == 0)
            return this;
        Line();
        if (!EndsBlank())
            text.Append(newline);
        return this;
    }

    /// <summary>Adds a mark of structure: a heading, a tag, a fence.</summary>
    public ComposedText Mark(string mark)
    {
        Line();
        text.Append(mark);
        return this;
    }

    /// <summary>Adds a sentence of the language pack.</summary>
    public ComposedText Sentence(string sentence, string technique, string bullet = "")
    {
        Line();
        text.Append(bullet);
        var start = text.Length;
        text.Append(sentence);
        lines.Add(new(technique, new(start, text.Length)));
        return this;
    }

    bool EndsBlank()
    {
        var i = text.Length - 2;
        while (i >= 0 && text[i] is '\r' or ' ' or '\t')
            i--;
        return i < 0 || text[i] == '\n';
    }
}
