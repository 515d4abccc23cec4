using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Attribution;

/// <summary>
/// Which words moved the decision: the prompt is read again without each of them, apart from other prompts. Long prompts are taken by
/// groups of words, so that all readings stay within their tokens.
/// </summary>
internal sealed class Occlusion
{
    private readonly List<PromptWord> groups;

    private Occlusion(List<PromptWord> groups, int[][] variants)
    {
        this.groups = groups;
        Variants = variants;
    }

    /// <summary>The prompt without each group; never longer than the prompt.</summary>
    public int[][] Variants { get; }

    /// <summary>Plans the readings of a prompt.</summary>
    /// <param name="model">What reads it.</param>
    /// <param name="text">The prompt.</param>
    /// <param name="tokens">What the model reads of it, with ranges.</param>
    /// <param name="maxTokens">Padded tokens of all readings.</param>
    public static Occlusion Plan(LoadedModel model, string text, PromptTokens tokens, int maxTokens) => Plan(
        tokens.Ids, PromptWord.Split(text, tokens.Ranges), tokens.Truncated ? model.Card.HeadTokens : null, model.Tokenizer.UnknownId, maxTokens,
        BatchingOptions.MinAttributionRows, BatchingOptions.MaxAttributionRows);

    /// <summary>Plans the readings.</summary>
    /// <param name="ids">What the model reads.</param>
    /// <param name="words">Its words.</param>
    /// <param name="gap">First token after the middle that was left out; null when nothing was. No group reaches across it.</param>
    /// <param name="unknownId">Stands for a prompt without any word.</param>
    /// <param name="maxTokens">Padded tokens of all readings.</param>
    /// <param name="minRows">Readings however long the prompt is.</param>
    /// <param name="maxRows">Most readings.</param>
    public static Occlusion Plan(int[] ids, List<PromptWord> words, int? gap, int unknownId, int maxTokens, int minRows, int maxRows)
    {
        var rows = Math.Clamp(maxTokens / ids.Length, minRows, maxRows);
        var groups = gap is { } first ? [.. Group([.. words.Where(word => word.FirstToken < first)], rows / 2), .. Group([.. words.Where(word => word.FirstToken >= first)], (rows - 1) / 2)] : Group(words, rows - 1);
        return new(groups, [.. groups.Select(group => Without(ids, group, unknownId))]);
    }

    /// <summary>By how much each group raises the probability of the label that the whole prompt gets; below 0 it speaks for another.</summary>
    /// <param name="model">What answered.</param>
    /// <param name="logits">Of the prompt and of each variant.</param>
    /// <param name="label">The label, by its place in the head.</param>
    public IEnumerable<Contracts.Inference.V1.Attribution> Weigh(ModelCard model, float[] logits, int label)
    {
        var head = model.Head(ModelCard.Intent);
        var whole = ProbabilityOf(model, head, logits, label);
        for (var i = 0; i < groups.Count; i++)
        {
            var without = ProbabilityOf(model, head, logits.AsSpan((i + 1) * model.Width, model.Width), label);
            yield return new() { Start = groups[i].Range.Start, End = groups[i].Range.End, Weight = Math.Round(whole - without, 4) };
        }
    }

    private static double ProbabilityOf(ModelCard model, ModelHead head, ReadOnlySpan<float> logits, int label)
    {
        Span<float> probabilities = stackalloc float[head.Labels.Count];
        head.Calibrate(logits.Slice(model.OffsetOf(head), head.Labels.Count), probabilities);
        return probabilities[label];
    }

    // As even as can be; neighbours only, so that a group is a range of the prompt.
    private static List<PromptWord> Group(List<PromptWord> words, int most)
    {
        var count = Math.Min(words.Count, most);
        List<PromptWord> groups = new(count);
        for (var i = 0; i < count; i++)
        {
            PromptWord first = words[i * words.Count / count], last = words[((i + 1) * words.Count / count) - 1];
            groups.Add(new(new TextRange(first.Range.Start, last.Range.End), first.FirstToken, last.EndToken));
        }

        return groups;
    }

    private static int[] Without(int[] ids, PromptWord group, int unknownId)
    {
        int[] rest = [.. ids[..group.FirstToken], .. ids[group.EndToken..]];
        return rest.Length == 0 ? [unknownId] : rest;
    }
}
