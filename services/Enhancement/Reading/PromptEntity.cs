namespace PromptPlatform.Enhancement.Reading;

/// <summary>Something in the prompt that has a name of its own.</summary>
/// <param name="Kind">code, identifier, number, url, email, path, quote, placeholder, language, framework, format, audience, length or deadline.</param>
/// <param name="Span">Where it stands in the original.</param>
public sealed record PromptEntity(string Kind, TextSpan Span);
