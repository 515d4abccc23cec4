using System.Collections.Frozen;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>The words that turn a sentence into its opposite, in one language. A list of its own, longer than the reader's.</summary>
internal sealed class Negations
{
    static readonly FrozenDictionary<string, Negations> ByLanguage = new Dictionary<string, Negations>
    {
        ["en"] = new("not no never nor neither none nobody nothing nowhere without avoid except exclude excluding unless cannot hardly"),
        ["de"] = new("nicht nichts nie niemals niemand nirgends kein keine keinen keiner keinem keines ohne vermeide vermeiden weder noch außer ausgenommen kaum"),
        ["es"] = new("no nunca jamás sin ni nada nadie ningún ninguno ninguna ningunos ningunas tampoco evita evite evitar excepto salvo"),
        ["fr"] = new("ne pas jamais rien personne sans ni aucun aucune nul nulle sauf évite évitez éviter excepté guère"),
        ["pt"] = new("não nunca jamais sem nem nada ninguém nenhum nenhuma evite evita evitar exceto salvo"),
        ["it"] = new("non mai senza né niente nulla nessuno nessuna nessun evita evitare evitate tranne eccetto neanche nemmeno"),
        ["zh"] = new("", "不要", "不得", "不能", "不用", "不是", "没有", "避免", "禁止", "不", "没", "別", "别", "勿", "无", "無", "非", "未"),
        ["ja"] = new("", "ません", "ないで", "なかっ", "禁止", "不要", "避け", "除い", "除く", "なし", "ない", "なく", "ずに", "せず", "無"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly Negations Unknown = new("not no");

    readonly FrozenSet<string> words;
    readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    readonly string[] runs;

    Negations(string words, params string[] runs)
    {
        this.words = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        lookup = this.words.GetAlternateLookup<ReadOnlySpan<char>>();
        this.runs = runs;
    }

    /// <summary>Those of <paramref name="language"/>.</summary>
    public static Negations Of(string language) => ByLanguage.GetValueOrDefault(language, Unknown);

    /// <summary>Whether <paramref name="word"/> negates; "don't", "n'est" and "d'aucun" do.</summary>
    public bool Contains(ReadOnlySpan<char> word)
    {
        var mark = word.IndexOfAny('\'', '’');
        if (mark < 0)
            return lookup.Contains(word);
        return word[(mark + 1)..] is "t" or "T" && mark > 1 && word[mark - 1] is 'n' or 'N' || mark == 1 && word[0] is 'n' or 'N' || lookup.Contains(word[(mark + 1)..]);
    }

    /// <summary>Length of the negation at the start of text that is written without spaces; 0 when there is none.</summary>
    public int At(ReadOnlySpan<char> text)
    {
        foreach (var run in runs)
            if (text.StartsWith(run, StringComparison.Ordinal))
                return run.Length;
        return 0;
    }
}
