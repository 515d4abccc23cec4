namespace PromptPlatform.Enhancement.Proof;

/// <summary>What was proven about the enhanced text; each is "kept", or "none" when the prompt has no such thing.</summary>
public sealed record InvariantReport(
    string Identifiers, string Numbers, string Urls, string Code, string Placeholders, string Negations, string Quotes, string Language, string Locked);
