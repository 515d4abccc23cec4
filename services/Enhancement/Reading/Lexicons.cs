namespace PromptPlatform.Enhancement.Reading;

/// <summary>The words that the reading looks for, by language.</summary>
internal sealed class Lexicons
{
    /// <summary>The lexicons that ship with the product.</summary>
    public static Lexicons Shipped { get; } = new();

    /// <summary>Languages that the engine writes.</summary>
    public IReadOnlyList<string> Languages { get; } = ["en", "de", "es", "fr", "pt", "it", "zh", "ja"];
}
