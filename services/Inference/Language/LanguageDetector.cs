using System.Numerics;
using System.Text;

namespace PromptPlatform.Inference.Language;

/// <summary>
/// Tells en, de, es, fr, pt, it, zh and ja apart by script, common words and telling letters. Deterministic; reads at most the
/// first 4096 characters. Text that shows no language, such as code alone, is und.
/// </summary>
internal static class LanguageDetector
{
    private const int MaxChars = 4096, MaxWord = 24;

    // A word that one language uses counts 1, one that several share is split between them; letters tell less than words.
    private const double LetterWeight = 0.5, CodeLineShare = 0.5;

    /// <summary>The most likely language.</summary>
    public static LanguageGuess Detect(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MaxChars)];
        var scripts = ScriptCounts.Of(text);
        if (scripts.Cjk > 0 && scripts.Cjk * 3 >= scripts.Latin)
        {
            var share = (float)scripts.Cjk / (scripts.Cjk + scripts.Latin);
            return new(scripts.Kana * 20 >= scripts.Cjk ? "ja" : "zh", Math.Max(0.6f, share));
        }

        if (scripts.Other > scripts.Latin) return LanguageGuess.Unknown;
        Span<double> scores = stackalloc double[LanguageProfiles.Tags.Length];
        scores.Clear();
        foreach (var line in text.EnumerateLines())
        {
            if (!LooksLikeCode(line)) ScoreLine(line, scores);
        }

        return Best(scores);
    }

    private static LanguageGuess Best(ReadOnlySpan<double> scores)
    {
        int best = 0, second = -1;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) (best, second) = (i, best);
            else if (second < 0 || scores[i] > scores[second]) second = i;
        }

        // Half a word of lead is the least that tells languages apart.
        var lead = scores[best] - scores[second];
        if (lead < 0.5) return LanguageGuess.Unknown;
        var share = scores[best] / (scores[best] + scores[second]);
        return new(LanguageProfiles.Tags[best], (float)(share * (1 - Math.Exp(-lead))));
    }

    private static void ScoreLine(ReadOnlySpan<char> line, Span<double> scores)
    {
        var words = LanguageProfiles.WordLanguages.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[MaxWord];
        for (var start = 0; start < line.Length;)
        {
            if (!char.IsLetter(line[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < line.Length && char.IsLetter(line[end])) end++;
            var word = line[start..end];
            if (word.Length <= MaxWord)
            {
                word.ToLowerInvariant(lower);
                if (words.TryGetValue(lower[..word.Length], out var languages)) Share(languages, 1, scores);
                foreach (var letter in lower[..word.Length])
                {
                    if (letter > 127 && LanguageProfiles.LetterLanguages.TryGetValue(letter, out languages)) Share(languages, LetterWeight, scores);
                }
            }

            start = end;
        }
    }

    private static void Share(int languages, double weight, Span<double> scores)
    {
        var each = weight / BitOperations.PopCount((uint)languages);
        for (var i = 0; i < scores.Length; i++)
        {
            if ((languages & (1 << i)) != 0) scores[i] += each;
        }
    }

    // Keywords such as "for" and "in" are English words: a line is code when its signs say so.
    private static bool LooksLikeCode(ReadOnlySpan<char> line)
    {
        var trimmed = line.Trim();
        if (trimmed.IsEmpty) return false;
        if (trimmed[^1] is ';' or '{' or '}' || trimmed.StartsWith("import ") || trimmed.StartsWith("#include")) return true;
        if (trimmed[^1] == ':' && StartsLikePython(trimmed)) return true;
        int signs = 0, words = 1;
        foreach (var c in trimmed)
        {
            if (c is '(' or ')' or '[' or ']' or '{' or '}' or '=' or '<' or '>' or ';' or '_' or '*' or '/' or '\\' or '|' or '&' or '$' or '@') signs++;
            else if (c == ' ') words++;
        }

        return signs > words * CodeLineShare;
    }

    private static bool StartsLikePython(ReadOnlySpan<char> line)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["for ", "if ", "elif ", "else:", "while ", "def ", "class ", "with ", "try:", "except"])
        {
            if (line.StartsWith(keyword)) return true;
        }

        return false;
    }

    private readonly record struct ScriptCounts(int Latin, int Cjk, int Kana, int Other)
    {
        public static ScriptCounts Of(ReadOnlySpan<char> text)
        {
            int latin = 0, cjk = 0, kana = 0, other = 0;
            foreach (var rune in text.EnumerateRunes())
            {
                switch (rune.Value)
                {
                    case (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0xC0 and <= 0x24F):
                        latin++;
                        break;
                    case (>= 0x3041 and <= 0x30FF) or (>= 0xFF66 and <= 0xFF9D):
                        kana++;
                        cjk++;
                        break;
                    case (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF):
                        cjk++;
                        break;
                    default:
                        if (Rune.IsLetter(rune)) other++;
                        break;
                }
            }

            return new(latin, cjk, kana, other);
        }
    }
}
