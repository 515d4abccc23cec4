using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>How much of a Run is the 8-bit matrix products that it cannot do without.</summary>
internal static class IntegerLimit
{
    private const int Rounds = 40;
    private const int Runs = 15;

    public static async Task HoldAsync(TextWriter output, InferenceSession session, SessionOptions options, string model, int width)
    {
        await output.WriteLineAsync("### The model beside its 8-bit matrix products alone, p50 in µs\n\n| shape | products alone | model | share (middle half of the rounds) |\n|---|--:|--:|--:|");
        var found = GraphProducts.Read(model, width);
        using InferenceSession products = new(IntegerProducts.Write(found), options);
        foreach (var shape in ModelShape.All)
        {
            var pairs = Measure(products, [.. found.Select(product => product.In).Distinct()], session, shape, width);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {shape} | {pairs.Ours:N0} | {pairs.Theirs:N0} | {pairs.Ratio()} |"));
        }

        await output.WriteLineAsync();
    }

    private static Pairs Measure(InferenceSession products, int[] widths, InferenceSession session, ModelShape shape, int width)
    {
        using RunOptions run = new();
        using BoundRun model = new(session, shape, width);
        OrtValue[] inputs = [.. widths.Select(columns => Bytes(shape.Tokens, columns))];
        OrtValue[] outputs = [.. products.OutputNames.Select(name => Whole(shape.Tokens, products.OutputMetadata[name].Dimensions[1]))];
        string[] inputNames = [.. widths.Select(IntegerProducts.InputOf)], outputNames = [.. products.OutputNames];
        var (ours, theirs) = (new double[Runs], new double[Runs]);
        Pairs pairs = new();
        for (var round = -5; round < Rounds; round++)
        {
            for (var i = 0; i < Runs; i++)
            {
                var start = Stopwatch.GetTimestamp();
                products.Run(run, inputNames, inputs, outputNames, outputs);
                ours[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                model.Run(theirs.AsSpan(i, 1));
            }

            // The first rounds only warm up.
            if (round >= 0) pairs.Add(ours, theirs);
        }

        foreach (var value in (OrtValue[])[.. inputs, .. outputs]) value.Dispose();
        return pairs;
    }

    private static OrtValue Bytes(int rows, int columns)
    {
        var bytes = new byte[rows * columns];
        new Random(2).NextBytes(bytes);
        return OrtValue.CreateTensorValueFromMemory(bytes, [rows, columns]);
    }

    private static OrtValue Whole(int rows, int columns) => OrtValue.CreateTensorValueFromMemory(new int[rows * columns], [rows, columns]);
}
