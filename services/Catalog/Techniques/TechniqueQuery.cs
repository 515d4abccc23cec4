using System.Security.Cryptography;
using System.Text;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>What is searched for; checked. An empty part does not restrict.</summary>
internal sealed record TechniqueQuery(string Text, string Family, string Intent, string ApplyMode, int Limit, TechniquePlace? After)
{
    private const int MaxText = 200;

    /// <summary>Checks a request; throws what is wrong with it.</summary>
    public static TechniqueQuery Of(ListTechniquesRequest request)
    {
        string text = CheckText(request.Query);
        var query = new TechniqueQuery(
            text,
            TextRules.OneOf("family", request.Family, "", [.. TechniqueWords.Families]),
            TextRules.OneOf("intent", request.Intent, "", [.. TechniqueWords.Intents]),
            TextRules.OneOf("applyMode", request.ApplyMode, "", [.. TechniqueWords.ApplyModes]),
            TextRules.PageSize(request.Limit),
            After: null);
        return query with { After = TechniquePlace.Read(request.Cursor, query.Fingerprint()) };
    }

    /// <summary>The text as an id would be written.</summary>
    public string Slug => string.Join('-', SearchText.WordsOf(Text));

    /// <summary>Tells queries apart, so that a cursor of one is not taken for another. The page size may change between pages.</summary>
    public string Fingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Text, Family, Intent, ApplyMode))).AsSpan(0, 6));

    private static string CheckText(string text)
    {
        // Within a URL, so no 413: that is for bodies.
        if (text.Length > MaxText)
            throw RequestException.Invalid("query", $"has {text.Length} characters; the limit is {MaxText}: shorten it");
        TextRules.CheckText("query", text, MaxText);
        return text.Trim();
    }
}
