namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells calculations from prose.</summary>
internal static class MathReading
{
    /// <summary>Whether <paramref name="text"/> asks for a calculation: a cue with two numbers, or a formula.</summary>
    public static bool LooksLikeMath(string text, bool hasCue)
    {
        var numbers = 0;
        var operators = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) && (i == 0 || !char.IsLetterOrDigit(text[i - 1]) && text[i - 1] is not ('.' or ',')))
                numbers++;
            else if (text[i] is '²' && i > 0 && text[i - 1] == 'm')
                continue;
            else if (text[i] is '=' or '+' or '^' or '∫' or '√' or '×' or '÷' or '≤' or '≥' or '²' || text[i] is '*' or '/' or '-' && i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && (char.IsAsciiDigit(text[i - 1]) || text[i - 1] == ' '))
                operators++;
        }
        return hasCue && numbers + operators >= 2 || operators >= 2 && numbers >= 2;
    }
}
