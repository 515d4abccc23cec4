namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>How many prompts of how many tokens one Run has.</summary>
internal readonly record struct ModelShape(int Prompts, int Length)
{
    public static readonly ModelShape[] All = [new(1, 16), new(1, 64), new(1, 128), new(1, 256), new(8, 64)];

    public int Tokens => Prompts * Length;

    /// <summary>Token ids spread over the vocabulary; the peer makes the same.</summary>
    public long[] Ids()
    {
        var ids = new long[Tokens];
        for (var i = 0; i < ids.Length; i++) ids[i] = 4 + (i * 7919L % 15_000);
        return ids;
    }

    public override string ToString() => $"{Prompts}x{Length}";
}
