using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PromptPlatform.Inference.Batching;

namespace PromptPlatform.Inference.Models;

/// <summary>
/// Buffers of one Run at a time on the shared session. Values are kept per shape over the same pinned buffers, so that a Run of a
/// known shape allocates nothing; with 256 tokens a prompt and 512 a Run there are some 3100 shapes. Not thread-safe.
/// </summary>
internal sealed class OnnxBatchRunner : IBatchRunner
{
    private static readonly string[] InputNames = [ModelFiles.IdsInput, ModelFiles.MaskInput];
    private static readonly string[] OutputNames = [ModelFiles.LogitsOutput];

    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly Dictionary<(int Rows, int Length), Values> shapes = [];
    private readonly long[] ids;
    private readonly long[] mask;
    private readonly float[] logits;
    private readonly int padId;

    /// <param name="session">Shared by all runners.</param>
    /// <param name="width">Logits per prompt.</param>
    /// <param name="padId">Id that fills short rows.</param>
    /// <param name="maxTokens">Padded tokens of the largest Run.</param>
    /// <param name="maxRows">Rows of the largest Run.</param>
    public OnnxBatchRunner(InferenceSession session, int width, int padId, int maxTokens, int maxRows)
    {
        this.session = session;
        this.padId = padId;
        Width = width;
        ids = GC.AllocateUninitializedArray<long>(maxTokens, pinned: true);
        mask = GC.AllocateUninitializedArray<long>(maxTokens, pinned: true);
        logits = GC.AllocateUninitializedArray<float>(maxRows * width, pinned: true);
    }

    public int Width { get; }

    public ReadOnlySpan<float> Run(ReadOnlySpan<int[]> rows)
    {
        var length = 0;
        foreach (var row in rows) length = Math.Max(length, row.Length);
        for (var place = 0; place < rows.Length; place++)
        {
            var source = rows[place];
            var rowIds = ids.AsSpan(place * length, length);
            var rowMask = mask.AsSpan(place * length, length);
            for (var i = 0; i < source.Length; i++) rowIds[i] = source[i];
            rowIds[source.Length..].Fill(padId);
            rowMask[..source.Length].Fill(1);
            rowMask[source.Length..].Clear();
        }

        var values = ValuesOf(rows.Length, length);
        session.Run(options, InputNames, values.Inputs, OutputNames, values.Outputs);
        return logits.AsSpan(0, rows.Length * Width);
    }

    public void Dispose()
    {
        foreach (var values in shapes.Values) values.Dispose();
        shapes.Clear();
        options.Dispose();
    }

    private Values ValuesOf(int rows, int length)
    {
        if (shapes.TryGetValue((rows, length), out var known)) return known;
        Values created = new(
            [Over(ids, TensorElementType.Int64, rows, length), Over(mask, TensorElementType.Int64, rows, length)],
            [Over(logits, TensorElementType.Float, rows, Width)]);
        shapes.Add((rows, length), created);
        return created;
    }

    // The arrays are pinned for good, so that a value needs no handle of its own.
    private static OrtValue Over<T>(T[] buffer, TensorElementType type, int rows, int columns) where T : unmanaged =>
        OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, type, [rows, columns], Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0), (long)rows * columns * Marshal.SizeOf<T>());

    private sealed record Values(OrtValue[] Inputs, OrtValue[] Outputs) : IDisposable
    {
        public void Dispose()
        {
            foreach (var value in Inputs) value.Dispose();
            foreach (var value in Outputs) value.Dispose();
        }
    }
}
