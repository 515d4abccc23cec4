namespace PromptPlatform.Inference.Analysis;

/// <summary>What the model reads of a prompt: all of it, or its start and its end when it is too long.</summary>
internal static class PromptWindow
{
    /// <summary>Cuts the middle out of a sequence longer than both parts together.</summary>
    /// <param name="tokens">The whole prompt.</param>
    /// <param name="head">Tokens kept from the start.</param>
    /// <param name="tail">Tokens kept from the end.</param>
    /// <param name="truncated">True when something was left out.</param>
    public static T[] Cut<T>(ReadOnlySpan<T> tokens, int head, int tail, out bool truncated)
    {
        truncated = tokens.Length > head + tail;
        return truncated ? [.. tokens[..head], .. tokens[^tail..]] : tokens.ToArray();
    }
}
