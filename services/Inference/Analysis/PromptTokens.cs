using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Analysis;

/// <summary>What the model reads of a prompt.</summary>
/// <param name="Ids">At least one.</param>
/// <param name="Ranges">Where in the prompt each id comes from; empty unless asked for.</param>
/// <param name="Truncated">The middle was left out.</param>
internal sealed record PromptTokens(int[] Ids, TextRange[] Ranges, bool Truncated)
{
    public static PromptTokens Read(LoadedModel model, string text)
    {
        Rented<int> ids = new(text.Length + 8);
        try
        {
            model.Tokenizer.Encode(text, ref ids);
            return Window(model, ids.Items, []);
        }
        finally
        {
            ids.Dispose();
        }
    }

    /// <summary>The same ids with their ranges.</summary>
    public static PromptTokens ReadWithRanges(LoadedModel model, string text)
    {
        Rented<int> ids = new(text.Length + 8);
        Rented<TextRange> ranges = new(text.Length + 8);
        try
        {
            model.Tokenizer.Encode(text, ref ids, ref ranges);
            return Window(model, ids.Items, ranges.Items);
        }
        finally
        {
            ids.Dispose();
            ranges.Dispose();
        }
    }

    private static PromptTokens Window(LoadedModel model, ReadOnlySpan<int> ids, ReadOnlySpan<TextRange> ranges)
    {
        // A prompt of nothing but signs that mean a space has no token; the model was trained to read it as unknown.
        if (ids.Length == 0) return new([model.Tokenizer.UnknownId], [], false);
        var (head, tail) = (model.Card.HeadTokens, model.Card.TailTokens);
        return new(PromptWindow.Cut(ids, head, tail, out var truncated), ranges.Length == 0 ? [] : PromptWindow.Cut(ranges, head, tail, out _), truncated);
    }
}
