using System.Collections.Frozen;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells eight languages apart by script and common words; others are und.</summary>
internal sealed class LanguageDetector
{
    readonly FrozenDictionary<string, string[]> languagesOf;
    readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>A detector over common words by language.</summary>
    public LanguageDetector(IEnumerable<(string Language, string[] Words)> lines)
    {
        languagesOf = lines.SelectMany(l => l.Words.Distinct().Select(w => (Word: w, l.Language)))
            .GroupBy(p => p.Word, p => p.Language, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.Distinct().ToArray(), StringComparer.OrdinalIgnoreCase);
        lookup = languagesOf.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    static readonly (string Ending, string Language, double Weight)[] Endings =
    [
        ("ción", "es", 1), ("ciones", "es", 1), ("ção", "pt", 1), ("ções", "pt", 1), ("zione", "it", 1), ("zioni", "it", 1), ("ung", "de", 0.6), ("ungen", "de", 0.6), ("keit", "de", 1), ("lich", "de", 0.6),
        ("ing", "en", 0.4), ("tion", "en", 0.3), ("tion", "fr", 0.3), ("eux", "fr", 0.5), ("ement", "fr", 0.5),
    ];

    const int MaxWords = 400;
    const double Clearly = 0.6;

    // "Ton: {{ton}}" is German and French.
    const double FewVotes = 2.5;
    const double Enough = 1.5;
    const double FewestKnown = 0.15;

    /// <summary>The language of <paramref name="text"/>: one of the eight or und.</summary>
    public string Detect(ReadOnlySpan<char> text)
    {
        int kana = 0, han = 0, latin = 0, other = 0;
        foreach (var c in text)
        {
            if (c is >= '\u3040' and <= '\u30FF') kana++;
            else if (c is >= '\u4E00' and <= '\u9FFF') han++;
            else if (c is < '\u0250' && char.IsLetter(c)) latin++;
            else if (char.IsLetter(c)) other++;
        }
        if (other > latin / 2 + han + kana)
            return "und";
        // One ideograph says about as much as two to three Latin letters.
        if ((kana + han) * 3 > latin)
            return kana * 8 > han ? "ja" : han > 0 ? "zh" : "und";
        return latin == 0 ? "und" : DetectLatin(text);
    }

    /// <summary>Whether nothing in <paramref name="text"/> speaks clearly against <paramref name="language"/>.</summary>
    public bool CouldBe(ReadOnlySpan<char> text, string language)
    {
        // A short Japanese line may hold no kana.
        if (language is "zh" or "ja" || Detect(text) is "zh" or "ja")
            return Detect(text) is var detected && (detected == language || detected == "und" || language == "ja" && detected == "zh");
        var (votes, _) = Count(text);
        var most = votes.Count == 0 ? 0 : votes.Values.Max();
        return most < FewVotes || votes.GetValueOrDefault(language) >= Clearly * most;
    }

    string DetectLatin(ReadOnlySpan<char> text)
    {
        var (votes, words) = Count(text);
        if (votes.Count == 0)
            return "und";
        var (language, votesFor) = votes.OrderByDescending(v => v.Value).ThenBy(v => Lexicons.Written.Contains(v.Key) ? 0 : 1).ThenBy(v => v.Key, StringComparer.Ordinal).First();
        // One known word among many unknown ones proves nothing.
        return votesFor < Enough && votesFor < words * FewestKnown || !Lexicons.Written.Contains(language) ? "und" : language;
    }

    (Dictionary<string, double> Votes, int Words) Count(ReadOnlySpan<char> text)
    {
        var votes = new Dictionary<string, double>(StringComparer.Ordinal);
        var words = 0;
        for (var i = 0; i < text.Length && words < MaxWords;)
        {
            if (!char.IsLetter(text[i]))
            {
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && (char.IsLetter(text[i]) || text[i] is '\'' or '-' && i + 1 < text.Length && char.IsLetter(text[i + 1])))
                i++;
            words++;
            Vote(text[start..i], votes);
        }
        return (votes, words);
    }

    void Vote(ReadOnlySpan<char> word, Dictionary<string, double> votes)
    {
        // "Explique-moi", "peux-tu".
        if (word.IndexOf('-') is > 1 and var hyphen && !lookup.ContainsKey(word))
        {
            Vote(word[..hyphen], votes);
            Vote(word[(hyphen + 1)..], votes);
            return;
        }
        if (lookup.TryGetValue(word, out var languages))
            foreach (var language in languages)
                votes[language] = votes.GetValueOrDefault(language) + 1.0 / languages.Length;
        else if (word.IndexOf('\'') is 1 or 2)
        {
            // Elision: l'article, d'un, qu'il, but also l'articolo.
            votes["fr"] = votes.GetValueOrDefault("fr") + 0.4;
            votes["it"] = votes.GetValueOrDefault("it") + 0.3;
        }
        foreach (var (ending, language, weight) in Endings)
            if (word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                votes[language] = votes.GetValueOrDefault(language) + weight;
        foreach (var c in word)
        {
            var hint = c switch { 'ß' => "de", 'ñ' or '¿' => "es", 'ã' or 'õ' => "pt", 'œ' or 'ê' or 'û' => "fr", 'ł' or 'ż' => "pl", 'ő' or 'ű' => "hu", 'ı' or 'ğ' => "tr", 'ø' => "da", 'ș' or 'ț' => "ro", 'ř' or 'ě' => "cs", _ => null };
            if (hint is not null)
                votes[hint] = votes.GetValueOrDefault(hint) + 0.7;
        }
    }
}
