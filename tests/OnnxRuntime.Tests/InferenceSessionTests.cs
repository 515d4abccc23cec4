using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PromptPlatform.OnnxRuntime.Tests;

public sealed class InferenceSessionTests
{
    [Test]
    public void Run_IntoOwnMemory_WritesTheResult()
    {
        using SumModel model = new(1, 2, 3.5f);

        model.Run();

        Assert.That(model.Result, Is.EqualTo(new[] { 2, 4, 7f }));
    }

    [Test]
    public void Run_WithoutOutputValues_ReturnsValuesOfTheLibrary()
    {
        using SumModel model = new(1, 2);

        using var results = model.Session.Run(model.Options, model.InputNames, model.Inputs, model.OutputNames);

        Assert.That(results, Has.Count.EqualTo(1));
        Assert.That(results[0].GetTensorDataAsSpan<float>().ToArray(), Is.EqualTo(new[] { 2f, 4f }));
        Assert.That(results[0].GetTensorTypeAndShape().Shape, Is.EqualTo(new[] { 2L }));
        Assert.That(results[0].OnnxType, Is.EqualTo(OnnxValueType.ONNX_TYPE_TENSOR));
    }

    [Test]
    public void Run_WithADictionary_MatchesNamesToValues()
    {
        using SumModel model = new(4);
        Dictionary<string, OrtValue> inputs = new() { ["b"] = model.Inputs[1], ["a"] = model.Inputs[0] };

        using var results = model.Session.Run(model.Options, inputs, ["sum"]);

        Assert.That(results[0].GetTensorDataAsSpan<float>()[0], Is.EqualTo(8));
    }

    [Test]
    public void RunWithBinding_WritesTheBoundOutput()
    {
        using SumModel model = new(1, 5);
        using var binding = model.Session.CreateIoBinding();
        binding.BindInput("a", model.Inputs[0]);
        binding.BindInput("b", model.Inputs[1]);
        binding.BindOutput("sum", model.Outputs[0]);

        model.Session.RunWithBinding(model.Options, binding);

        Assert.That(model.Result, Is.EqualTo(new[] { 2f, 10f }));
    }

    [Test]
    public void Run_OnCachedValues_AllocatesNothing()
    {
        using SumModel model = new(new float[64]);
        for (var i = 0; i < 100; i++) model.Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) model.Run();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public async Task Run_FromManyThreadsOnOneSession_GivesEachItsOwnResult()
    {
        using InferenceSession session = new(SumModel.Path);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            using RunOptions options = new();
            using var value = OrtValue.CreateTensorValueFromMemory([(float)n], [1]);
            var sum = 0f;
            for (var i = 0; i < 500; i++)
            {
                using var result = session.Run(options, ["a", "b"], [value, value], ["sum"]);
                sum += result[0].GetTensorDataAsSpan<float>()[0];
            }

            return sum;
        }))).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(results, Is.EqualTo(Enumerable.Range(0, 8).Select(n => 1000f * n)));
    }

    [Test]
    public void InferenceSession_DescribesInputsAndOutputs()
    {
        using InferenceSession session = new(File.ReadAllBytes(SumModel.Path));

        Assert.That(session.InputNames, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(session.OutputNames, Is.EqualTo(new[] { "sum" }));
        Assert.That(session.InputMetadata["a"].ElementDataType, Is.EqualTo(TensorElementType.Float));
        Assert.That(session.OutputMetadata["sum"].Dimensions, Is.EqualTo(new[] { -1 }));
    }

    [Test]
    public void InferenceSession_OpensWithOneThreadAndNoSpinning()
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");

        using InferenceSession session = new(SumModel.Path, options);

        Assert.That(session.OutputNames, Has.Count.EqualTo(1));
    }
}
