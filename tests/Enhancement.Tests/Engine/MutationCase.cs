using System.Text.RegularExpressions;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>A proven output, to plant faults in.</summary>
/// <param name="Original">The prompt.</param>
/// <param name="Enhanced">What the engine made of it.</param>
/// <param name="Language">Of both.</param>
public sealed record MutationCase(string Original, string Enhanced, string Language)
{
    internal LanguagePack Pack => LanguagePack.For(Language)!;

    /// <summary>The first lines of the user's words that match, replaced in the output; null where none does or nothing would change.</summary>
    public string? Edit(string pattern, Func<Match, string> replacement, RegexOptions options = RegexOptions.None)
    {
        foreach (var (start, end) in UserLines())
            if (Regex.Match(Enhanced[start..end], pattern, options | RegexOptions.CultureInvariant) is { Success: true } match && replacement(match) is var now && now != match.Value)
                return string.Concat(Enhanced.AsSpan(0, start + match.Index), now, Enhanced.AsSpan(start + match.Index + match.Length));
        return null;
    }

    /// <summary>The longest run of the output that stands in the original as it is, changed as a whole; null where that changes nothing.</summary>
    public string? EditRun(Func<string, string?> change)
    {
        var lines = UserLines().ToList();
        var best = (Start: 0, End: 0);
        for (var i = 0; i < lines.Count; i++)
        {
            var j = i;
            while (j + 1 < lines.Count && Original.Contains(Enhanced[lines[i].Start..lines[j + 1].End], StringComparison.Ordinal))
                j++;
            if (lines[j].End - lines[i].Start > best.End - best.Start)
                best = (lines[i].Start, lines[j].End);
            i = j;
        }
        var run = Enhanced[best.Start..best.End];
        return change(run) is { } now && now != run ? string.Concat(Enhanced.AsSpan(0, best.Start), now, Enhanced.AsSpan(best.End)) : null;
    }

    /// <summary>The output with a line more at its end.</summary>
    public string Append(string line) => Enhanced + (Enhanced.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n") + line;

    /// <summary>A line of the language pack that stands in the output and not in the prompt, changed.</summary>
    public string? EditSaid(Func<string, string, string?> change)
    {
        foreach (var (key, sentence) in Pack.Sentences)
            if (!sentence.Contains("{0}", StringComparison.Ordinal) && Enhanced.Contains("\n" + sentence, StringComparison.Ordinal) | Enhanced.Contains("- " + sentence, StringComparison.Ordinal) && !Original.Contains(sentence, StringComparison.Ordinal)
                && change(key, sentence) is { } now && now != sentence)
                return Enhanced.Replace(sentence, now, StringComparison.Ordinal);
        return null;
    }

    IEnumerable<(int Start, int End)> UserLines()
    {
        for (var start = 0; start <= Enhanced.Length;)
        {
            var feed = Enhanced.IndexOf('\n', start);
            var end = feed < 0 ? Enhanced.Length : feed;
            if (end > start && !string.IsNullOrWhiteSpace(Enhanced[start..end]) && Original.Contains(Enhanced[start..end].TrimEnd('\r'), StringComparison.Ordinal))
                yield return (start, end);
            start = end + 1;
        }
    }
}
