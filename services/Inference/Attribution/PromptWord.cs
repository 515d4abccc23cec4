using System.Text;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Attribution;

/// <summary>A word of a prompt, or several neighbours taken together.</summary>
/// <param name="Range">Its letters in the prompt, without white space at the ends.</param>
/// <param name="FirstToken">First token of it in what the model reads.</param>
/// <param name="EndToken">First token after it.</param>
internal readonly record struct PromptWord(TextRange Range, int FirstToken, int EndToken)
{
    /// <summary>
    /// The words that the model reads, in their order: parted by white space, in Chinese and Japanese by token. White space of its
    /// own tokens, such as line breaks, belongs to the word before it.
    /// </summary>
    /// <param name="text">The prompt.</param>
    /// <param name="ranges">Of each token that the model reads.</param>
    public static List<PromptWord> Split(string text, ReadOnlySpan<TextRange> ranges)
    {
        List<PromptWord> words = [];
        for (var token = 0; token < ranges.Length; token++)
        {
            var range = Trim(text, ranges[token]);
            var last = words.Count == 0 ? default : words[^1];
            if (words.Count > 0 && (range.Start >= range.End || !StartsWord(text, range.Start, last.Range.End)))
            {
                words[^1] = last with { Range = new(last.Range.Start, Math.Max(last.Range.End, range.End)), EndToken = token + 1 };
            }
            else if (range.Start < range.End)
            {
                // White space before the first word goes with it.
                words.Add(new(range, words.Count == 0 ? 0 : token, token + 1));
            }
        }

        return words;
    }

    private static bool StartsWord(string text, int start, int end)
    {
        // The bytes of one character are several tokens over the same range.
        if (start < end) return false;
        return start == 0 || start > end || char.IsWhiteSpace(text[start - 1]) || IsIdeograph(text, start);
    }

    private static TextRange Trim(string text, TextRange range)
    {
        var (start, end) = range;
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;

        // Of nothing but white space: a range that moves no end.
        return start == end ? default : new(start, end);
    }

    private static bool IsIdeograph(string text, int at) => Rune.GetRuneAt(text, at).Value
        is (>= 0x3040 and < 0x3100) or (>= 0x3400 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x32000);
}
