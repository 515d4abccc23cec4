using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Characters that look like nothing or like others.</summary>
internal static class CharacterRules
{
    const int MaxFindings = 10;

    /// <summary>Zero-width, direction and tag characters: a model reads what the user cannot see.</summary>
    public static void Invisible(LintRun run)
    {
        var text = run.Reading.Text;
        var found = 0;
        for (var i = 0; i < text.Length && found < MaxFindings; i++)
        {
            var end = i;
            while (end < text.Length && IsHidden(text, end) is > 0 and var units)
                end += units;
            // A mark of byte order at the very beginning is left by editors; flags of regions are written with tags.
            if (end == i || i == 0 && end == 1 && text[0] == '\uFEFF' || i >= 2 && text[i - 2] == '\uD83C' && text[i - 1] == '\uDFF4')
            {
                i = Math.Max(i, end - 1);
                continue;
            }
            found++;
            run.Warn("invisible-character", new(i, end), $"{end - i} units here cannot be seen but are read by the model (U+{char.ConvertToUtf32(text, i):X4}).", "Take them out.", new(new(i, end), ""));
            i = end - 1;
        }
    }

    /// <summary>Latin letters with Cyrillic or Greek ones among them.</summary>
    public static void MixedScripts(LintRun run)
    {
        var text = run.Reading.Text;
        var found = 0;
        for (var i = 0; i < text.Length && found < MaxFindings; i++)
        {
            var end = i;
            bool latin = false, other = false;
            while (end < text.Length && char.IsLetter(text[end]))
            {
                latin |= text[end] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');
                other |= text[end] is (>= '\u0400' and <= '\u04FF') or 'ο' or 'α' or 'ν' or 'ρ' or 'Α' or 'Β' or 'Ε' or 'Ο' or 'Ρ' or 'Τ';
                end++;
            }
            if (latin && other && end - i > 2)
            {
                found++;
                run.Warn("mixed-scripts", new(i, end), $"“{text[i..end]}” mixes letters of two alphabets that look alike; it will not be found as the word that it seems to be.", "Type it again.");
            }
            i = Math.Max(i, end - 1);
        }
    }

    // Joiners are part of emoji and of several scripts, and stay.
    static int IsHidden(string text, int at) => text[at] switch
    {
        '\u200B' or '\u2060' or '\uFEFF' or '\u00AD' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => 1,
        '\uDB40' when at + 1 < text.Length && text[at + 1] is >= '\uDC00' and <= '\uDC7F' => 2,
        _ => 0,
    };
}
