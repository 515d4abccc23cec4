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
    public void Run_WithoutOptions_TakesTheDefaults()
    {
        using SumModel model = new(3);

        model.Session.Run(null, model.InputNames, model.Inputs, model.OutputNames, model.Outputs);

        Assert.That(model.Result, Is.EqualTo(new[] { 6f }));
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
        Assert.That(session.OutputMetadata["sum"].SymbolicDimensions, Is.EqualTo(new[] { "n" }));
        Assert.That(session.OutputMetadata["sum"].IsString, Is.False);
    }

    [Test]
    public void ModelMetadata_SaysWhatTheFileSays()
    {
        using InferenceSession session = new(SumModel.Path);

        var metadata = session.ModelMetadata;

        Assert.That(metadata.ProducerName, Is.EqualTo("fixtures"));
        Assert.That(metadata.GraphName, Is.EqualTo("sum"));
        Assert.That(metadata.Domain, Is.EqualTo("test.promptplatform"));
        Assert.That(metadata.Description, Is.EqualTo("größer"));
        Assert.That(metadata.GraphDescription, Is.EqualTo("graph of sum"));
        Assert.That(metadata.Version, Is.EqualTo(7));
        Assert.That(metadata.CustomMetadataMap, Is.EquivalentTo(new Dictionary<string, string> { ["task"] = "addition", ["empty"] = "" }));
    }

    [Test]
    public void EndProfiling_NamesTheProfileOfTheRuns()
    {
        using SumModel model = new(1);
        var folder = Directory.CreateTempSubdirectory("profile").FullName;
        using SessionOptions options = new() { ProfileOutputPathPrefix = Path.Combine(folder, "sum"), EnableProfiling = true };
        using InferenceSession session = new(SumModel.Path, options);
        session.Run(model.Options, model.InputNames, model.Inputs, model.OutputNames, model.Outputs);

        var started = session.ProfilingStartTimeNs;
        var profile = session.EndProfiling();

        Assert.That(started, Is.Positive);
        Assert.That(File.ReadAllText(profile), Does.Contain("Add"));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void GetTensorMutableRawData_IsTheMemoryOfTheElements()
    {
        var elements = new[] { 1f, 2f };
        using var value = OrtValue.CreateTensorValueFromMemory(elements, [2]);

        value.GetTensorMutableRawData()[4..].Clear();

        Assert.That(value.GetTensorMutableRawData().Length, Is.EqualTo(8));
        Assert.That(elements, Is.EqualTo(new[] { 1f, 0f }));
    }

    [Test]
    public void OrtMemoryInfo_SaysWhatItWasMadeOf()
    {
        using OrtMemoryInfo pinned = new(OrtMemoryInfo.allocatorCUDA_PINNED, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.CpuOutput);
        using OrtMemoryInfo cpu = new("Cpu", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);

        Assert.That(pinned.Name, Is.EqualTo("CudaPinned"));
        Assert.That(pinned.Id, Is.Zero);
        Assert.That(pinned.GetAllocatorType(), Is.EqualTo(OrtAllocatorType.ArenaAllocator));
        Assert.That(pinned.GetMemoryType(), Is.EqualTo(OrtMemType.CpuOutput));
        Assert.That(cpu, Is.EqualTo(OrtMemoryInfo.DefaultInstance).And.Not.EqualTo(pinned));
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
