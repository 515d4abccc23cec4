namespace PromptPlatform.Enhancement.Proof;

/// <summary>A second opinion on the language of a sentence: script and a few function words, nothing of the reader's lexicons.</summary>
internal static class LanguageWitness
{
    const int Clearly = 3;

    static readonly (string Language, HashSet<string> Words)[] Words =
    [
        ("en", Set("the of and to is are not do it that this with from for by each only if you your what which then")),
        ("de", Set("der die das und ist nicht ein eine den dem mit auf für von zu wenn du dann nur jede jeden jedes oder sie es wie")),
        ("es", Set("el la los las y es una del con por para si solo cada que lo al su tu o cuando cómo sin más")),
        ("fr", Set("le la les et est une des du avec pour par si ne pas que chaque qui ou ce dans sur tes ton au aux")),
        ("pt", Set("o os as e é uma do da dos das com por para se não só cada que ou ao em no na seu sua sem mais")),
        ("it", Set("il lo gli e è una del della dei delle con per se non solo ogni che o di nel nella senza più ciò")),
    ];

    /// <summary>Whether nothing speaks clearly against <paramref name="language"/>.</summary>
    public static bool Allows(string sentence, string language)
    {
        int kana = 0, han = 0, latin = 0;
        foreach (var c in sentence)
        {
            if (c is >= '\u3040' and <= '\u30FF') kana++;
            else if (c is >= '\u4E00' and <= '\u9FFF') han++;
            else if (char.IsAsciiLetter(c) || c is >= '\u00C0' and < '\u0250') latin++;
        }
        return language switch
        {
            "zh" => kana == 0 && (han > 0 || latin == 0 || sentence.Contains("{{", StringComparison.Ordinal)),
            "ja" => kana + han > 0 || latin == 0 || sentence.Contains("{{", StringComparison.Ordinal),
            _ => kana + han == 0 && Votes(sentence, language),
        };
    }

    static bool Votes(string sentence, string language)
    {
        int own = 0, other = 0;
        var words = sentence.ToLowerInvariant().Split([' ', ',', '.', ';', ':', '\'', '’', '(', ')', '!', '?', '-'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var (name, known) in Words)
        {
            var votes = words.Count(known.Contains);
            if (name == language)
                own = votes;
            else
                other = Math.Max(other, votes);
        }
        return other < own + Clearly;
    }

    static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
