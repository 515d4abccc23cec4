namespace PromptPlatform.Enhancement.Reading;

/// <summary>Tells which places of a task are filled: for whom, how many, until when, by what measure.</summary>
internal static class SlotReader
{
    // "for the new volunteers of the harbour museum": two or three words lie between.
    const int AudienceReach = 22;
    const int WideReach = 8;
    const int NameReach = 24;
    const int CountReach = 22;
    const int UnitReach = 2;
    const int OrderReach = 12;

    /// <summary>The places that <paramref name="told"/> fills or leaves open.</summary>
    public static Feature Read(ToldWords told) =>
        Of(HasAudience(told), Feature.HasAudience) | Of(HasCount(told), Feature.HasCount) | Of(HasDeadline(told), Feature.HasDeadline)
        | Of(HasMoney(told), Feature.HasMoney) | Of(told.Says("unsure"), Feature.SaysUnsure) | Of(told.Says("judge"), Feature.Judges)
        | Of(told.Says("bycriteria"), Feature.HasMeasure) | Of(told.Says("costly"), Feature.Costly) | Of(told.Says("personal"), Feature.Personal)
        | Of(told.Says("same"), Feature.SaysSame) | Of(told.Says("wanted") || told.Says("i.brainstorming"), Feature.WantsSeveral) | Of(told.Says("only"), Feature.AnswerOnly) | Of(told.Says("langname") || told.Says("tongue"), Feature.NamesLanguage) | Of(told.Says("concept"), Feature.AsksConcept);

    // "my manager approved it" names nobody to write for; "to my manager", "tell my manager" does.
    static bool HasAudience(ToldWords told)
    {
        if (told.Says("reader") || told.Says("self"))
            return true;
        var toward = told.Of("toward").ToList();
        // 给同事, 同僚に: the particle stands next to the noun.
        if (told.IsWide)
            return told.Of("audience").Any(a => toward.Exists(t => told.Follows(t, a, WideReach) || told.Follows(a, t, 1) || t.Overlaps(a)));
        foreach (var reader in told.Of("audience"))
            if (toward.Exists(t => t.Start == reader.Start || told.Follows(t, reader, AudienceReach)))
                return true;
        return toward.Exists(t => IsName(told.Text, t) && told.Of("email").Concat(told.Of("compose")).Any(e => told.Follows(e, t, NameReach)));
    }

    // "to Kim", "an Herrn Weber": a capital after a word of direction, where nouns are written small.
    static bool IsName(string text, TextSpan toward) =>
        text.AsSpan(toward.Start, toward.Length) is "to" or "à" or "a" && toward.End + 2 < text.Length && text[toward.End] == ' ' && char.IsUpper(text[toward.End + 1]) && char.IsLower(text[toward.End + 2]);

    static bool HasCount(ToldWords told)
    {
        var measures = told.Of("lengthunit").Concat(told.Of("timeunit")).ToList();
        var items = told.Of("items").Concat(told.Of("wanted")).Concat(told.Of("factlist")).ToList();
        var orders = told.Of("instruct").Concat(told.Of("order")).ToList();
        foreach (var number in Numbers(told))
        {
            // 五个 carries its counter with it.
            if (told.IsWide && number.Length > 1 && !char.IsAsciiDigit(told.Text[number.Start]))
                return true;
            // "two-line rhymes", "her 6th birthday": a measure or a rank, and no number of things.
            if (measures.Exists(m => told.Follows(number, m, UnitReach)) || char.IsLetter(told.Text[number.End - 1]) && char.IsAsciiDigit(told.Text[number.Start]))
                continue;
            if (items.Exists(i => told.Follows(number, i, CountReach)) || items.Exists(i => i.Overlaps(number)))
                return true;
            if (number.Start == told.Ranges[0].Start || IsAfterArticle(told.Text, number) || orders.Exists(o => told.Follows(o, number, OrderReach)))
                return true;
        }
        return false;
    }

    // "the three highest peaks".
    static bool IsAfterArticle(string text, TextSpan number)
    {
        var before = text.AsSpan(0, number.Start).TrimEnd();
        foreach (var article in Articles)
            if (before.Length > article.Length && before.EndsWith(article, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(before[^(article.Length + 1)]))
                return true;
        return false;
    }

    static readonly string[] Articles = ["the", "die", "den", "der", "les", "los", "las", "i", "gli", "le", "os", "as", "top"];

    static IEnumerable<TextSpan> Numbers(ToldWords told) => told.Of("numword").Concat(told.Entities.Where(e => e.Kind == "number").Select(e => e.Span));

    static bool HasDeadline(ToldWords told)
    {
        if (told.Says("date") || told.Says("deadline.word"))
            return true;
        var units = told.Of("timeunit").ToList();
        return units.Count > 0 && (Numbers(told).Any(n => units.Exists(u => told.Follows(n, u, UnitReach) || n.Contains(u))) || units.Exists(u => IsOne(told.Text, u) || u.Start > 0 && WideNumerals.Contains(told.Text[u.Start - 1])));
    }

    // "a week", "one month", "per weekend", "next year": an article or a pointer makes a span of the unit.
    static bool IsOne(string text, TextSpan unit)
    {
        var before = text.AsSpan(0, unit.Start).TrimEnd();
        foreach (var one in Ones)
            if (before.EndsWith(one, StringComparison.OrdinalIgnoreCase) && (before.Length == one.Length || !char.IsLetter(before[^(one.Length + 1)])))
                return true;
        return false;
    }

    const string WideNumerals = "一二三四五六七八九十百半数两兩";

    static readonly string[] Ones =
    [
        "a", "one", "next", "this", "coming", "eine", "einen", "ein", "nächste", "nächsten", "diese", "diesen", "una", "un", "próxima", "próximo", "esta", "este",
        "une", "prochaine", "prochain", "cette", "ce", "uma", "um", "prossima", "prossimo", "questa", "questo", "一",
    ];

    static bool HasMoney(ToldWords told) =>
        told.Says("money") || told.Says("costfree") || told.Entities.Any(e => e.Kind == "number" && told.Text.AsSpan(Math.Max(0, e.Span.Start - 1), Math.Min(told.Text.Length, e.Span.End + 2) - Math.Max(0, e.Span.Start - 1)).IndexOfAny(Currencies) >= 0);

    static readonly System.Buffers.SearchValues<char> Currencies = System.Buffers.SearchValues.Create("€$£¥元円");

    static Feature Of(bool holds, Feature feature) => holds ? feature : Feature.None;
}
