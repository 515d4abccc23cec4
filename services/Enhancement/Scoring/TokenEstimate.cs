using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>Estimates tokens without a tokenizer. Deterministic; README.md states how far off it is.</summary>
internal static class TokenEstimate
{
    const int PlainLetters = 4;
    const double Mark = 0.62;
    const double LineBreak = 0.5;
    const double Indent = 0.5;
    const double InnerCapital = 0.5;
    const double Emoji = 2;

    /// <summary>Estimated tokens of <paramref name="text"/> for a GPT model; at least 1 for a text that is not empty.</summary>
    public static int Of(string text) => Of(text, ModelFamily.Gpt, "und");

    /// <summary>Estimated tokens of <paramref name="text"/> for <paramref name="family"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="family">Whose tokenizer.</param>
    /// <param name="language">In which most of it is written; und when it is not known.</param>
    public static int Of(string text, ModelFamily family, string language) =>
        text.Length == 0 ? 0 : Math.Max(1, (int)Math.Round(Sum(text, TokenWeights.Of(language)) * TokenWeights.Factor(family, language)));

    static double Sum(string text, TokenWeights weights)
    {
        double tokens = 0;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var end = i + 1;
            if (c is >= '\u3040' and <= '\u30FF')
                tokens += weights.Kana;
            else if (c is >= '\u2E80' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF')
                tokens += c is >= '\u3000' and <= '\u303F' ? Mark : weights.Ideograph;
            else if (char.IsAsciiDigit(c))
            {
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                    end++;
                // Groups of three, and the space before them is a token of its own.
                tokens += (end - i + 2) / 3 + (i > 0 && text[i - 1] == ' ' ? 1 : 0);
            }
            else if (char.IsLetter(c))
                tokens += Word(text, i, ref end, weights);
            else if (char.IsHighSurrogate(c))
            {
                tokens += Emoji;
                end = Math.Min(text.Length, i + 2);
            }
            else if (c == '\n')
            {
                while (end < text.Length && text[end] is '\n' or '\r')
                    end++;
                tokens += LineBreak;
            }
            else if (char.IsWhiteSpace(c))
            {
                while (end < text.Length && text[end] != '\n' && char.IsWhiteSpace(text[end]))
                    end++;
                tokens += end - i > 1 ? Indent : 0;
            }
            else
                tokens += Mark;
            i = end;
        }
        return tokens;
    }

    static double Word(string text, int start, ref int end, TokenWeights weights)
    {
        double tokens = weights.Word + (text[start] > '\u007F' ? weights.Accent : 0);
        for (; end < text.Length && char.IsLetter(text[end]) && text[end] < '\u2E80'; end++)
            tokens += (text[end] > '\u007F' ? weights.Accent : 0) + (char.IsUpper(text[end]) && char.IsLower(text[end - 1]) ? InnerCapital : 0);
        return tokens + Math.Max(0, end - start - PlainLetters) * weights.Letter;
    }
}
