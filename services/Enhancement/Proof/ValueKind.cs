namespace PromptPlatform.Enhancement.Proof;

/// <summary>What of a prompt must survive by itself, whatever stands around it.</summary>
internal enum ValueKind
{
    Identifier,
    Number,
    Url,
    Code,
    Placeholder,
    Quote,
    Negation,
}

/// <summary>Something of value in a text.</summary>
internal readonly record struct Value(ValueKind Kind, int Start, int End);
