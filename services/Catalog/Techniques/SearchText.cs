using System.Text.RegularExpressions;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>What search knows of a technique, weightiest part first.</summary>
/// <param name="Heading">Id, id in words, name.</param>
/// <param name="Acronym">First letters of a name of three words or more ("tot" for Tree of Thoughts); else empty.</param>
/// <param name="Body">What it does, and its family.</param>
/// <param name="Tags">What it helps with and its intents, in words.</param>
/// <param name="Words">Every plain word of the above in lower case, once: the vocabulary that spelling is corrected to.</param>
internal sealed partial record SearchText(string Heading, string Acronym, string Body, string Tags, string[] Words)
{
    public static SearchText Of(Technique technique)
    {
        string heading = $"{technique.Id} {InWords(technique.Id)} {technique.Name}";
        string body = $"{technique.What} {InWords(technique.Family)}";
        string tags = string.Join(' ', technique.Helps.Concat(technique.Intents.Order(StringComparer.Ordinal)).Select(t => t + " " + InWords(t)));
        return new SearchText(heading, AcronymOf(technique.Name), body, tags, WordsOf($"{heading} {body} {tags}"));
    }

    /// <summary>The words of a text in lower case, each once, in order.</summary>
    public static string[] WordsOf(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(m => m.Value).Distinct()];

    private static string AcronymOf(string name)
    {
        var words = Word().Matches(name.Split('(')[0].ToLowerInvariant());
        return words.Count >= 3 ? string.Concat(words.Select(w => w.Value[0])) : "";
    }

    private static string InWords(string key) => key.Replace('-', ' ').Replace('_', ' ');

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
