namespace PromptPlatform.Inference.Batching;

/// <summary>Cuts prompts into Runs so that the sum of their costs is least. Padding costs as much as text, a Run has a fixed price.</summary>
internal static class BatchPlan
{
    // Measured on the encoder of 4 layers and 256 wide: a Run costs as much as 16 tokens before its first, and attention
    // doubles the price of a token at a length of 1500.
    private const double FixedTokens = 16, AttentionTokens = 1500;

    /// <summary>Price, in tokens, of a Run of some prompts padded to the longest.</summary>
    public static double Cost(int prompts, int longest) => FixedTokens + ((double)prompts * longest * (1 + (longest / AttentionTokens)));

    /// <summary>
    /// Cuts prompts into contiguous parts of at most <paramref name="maxTokens"/> padded tokens each (a single longer prompt is
    /// a part of its own).
    /// </summary>
    /// <param name="lengths">Lengths in tokens, longest first.</param>
    /// <param name="maxTokens">Padded tokens of one Run.</param>
    /// <param name="ends">Receives the end of each part, in order; as long as <paramref name="lengths"/>.</param>
    /// <returns>The number of parts.</returns>
    public static int Split(ReadOnlySpan<int> lengths, int maxTokens, Span<int> ends)
    {
        var count = lengths.Length;
        Span<double> least = stackalloc double[count + 1];
        Span<int> starts = stackalloc int[count + 1];
        least[0] = 0;
        for (var end = 1; end <= count; end++)
        {
            least[end] = double.PositiveInfinity;
            for (var start = end - 1; start >= 0; start--)
            {
                var longest = lengths[start];
                if (end - start > 1 && (end - start) * longest > maxTokens) break;
                var cost = least[start] + Cost(end - start, longest);
                if (cost >= least[end]) continue;
                least[end] = cost;
                starts[end] = start;
            }
        }

        var parts = 0;
        for (var end = count; end > 0; end = starts[end]) ends[parts++] = end;
        ends[..parts].Reverse();
        return parts;
    }
}
