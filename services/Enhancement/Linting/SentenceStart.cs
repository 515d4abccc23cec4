namespace PromptPlatform.Enhancement.Linting;

/// <summary>Where sentences begin.</summary>
internal static class SentenceStart
{
    /// <summary>Whether a sentence or a line begins at <paramref name="at"/>.</summary>
    public static bool At(string text, int at)
    {
        var i = at - 1;
        while (i >= 0 && text[i] is ' ' or '\t' or '"' or '“')
            i--;
        return i < 0 || text[i] is '.' or '!' or '?' or '\n' or ';' or ':' or '。' or '！' or '？' or '：';
    }

    /// <summary>Where the sentence that holds <paramref name="at"/> begins.</summary>
    public static int Of(string text, int at)
    {
        while (at > 0 && text[at - 1] is not ('.' or '!' or '?' or '\n' or '。' or '！' or '？'))
            at--;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    /// <summary>Whether Chinese or Japanese stands there: the order may be at the end of the sentence.</summary>
    public static bool IsWide(string text, int at) => at < text.Length && text[at] > '\u2E80';
}
