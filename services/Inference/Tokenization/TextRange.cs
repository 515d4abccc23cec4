namespace PromptPlatform.Inference.Tokenization;

/// <summary>A half-open range of UTF-16 offsets of a prompt.</summary>
internal readonly record struct TextRange(int Start, int End);
