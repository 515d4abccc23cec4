namespace PromptPlatform.Inference.Language;

/// <summary>A language and how sure we are of it.</summary>
/// <param name="Tag">BCP 47 primary tag; und when unknown.</param>
/// <param name="Confidence">0..1; 0 when unknown.</param>
internal readonly record struct LanguageGuess(string Tag, float Confidence)
{
    public static readonly LanguageGuess Unknown = new("und", 0);
}
