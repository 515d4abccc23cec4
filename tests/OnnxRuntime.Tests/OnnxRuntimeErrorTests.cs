using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.OnnxRuntime.Tests;

public sealed class OnnxRuntimeErrorTests
{
    [Test]
    public void InferenceSession_WhenTheFileIsMissing_NamesIt() =>
        Assert.That(() => new InferenceSession("/nowhere/model.onnx"), Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("/nowhere/model.onnx"));

    [Test]
    public void InferenceSession_WhenTheBytesAreNoModel_Throws() =>
        Assert.That(() => new InferenceSession([1, 2, 3]), Throws.TypeOf<OnnxRuntimeException>().With.Message.StartsWith("[ErrorCode:"));

    [Test]
    public void Run_WhenAnInputIsUnknown_ListsTheInputsOfTheModel()
    {
        using SumModel model = new(1);

        Assert.That(
            () => model.Session.Run(model.Options, ["a", "c"], model.Inputs, model.OutputNames, model.Outputs),
            Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("'c'").And.Message.Contains("a, b"));
    }

    [Test]
    public void Run_WhenNamesAndValuesDifferInNumber_Throws()
    {
        using SumModel model = new(1);

        Assert.That(
            () => model.Session.Run(model.Options, ["a"], model.Inputs, model.OutputNames, model.Outputs),
            Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("1 input names but 2"));
    }

    [Test]
    public void Run_WhenShapesDisagree_ThrowsAndTheSessionGoesOn()
    {
        using SumModel model = new(1, 2);
        using var three = OrtValue.CreateTensorValueFromMemory([1f, 2, 3], [3]);

        Assert.That(
            () => model.Session.Run(model.Options, model.InputNames, [model.Inputs[0], three], model.OutputNames, model.Outputs),
            Throws.TypeOf<OnnxRuntimeException>());
        model.Run();

        Assert.That(model.Result, Is.EqualTo(new[] { 2f, 4f }));
    }

    [Test]
    public void Run_WhenTheElementTypeIsWrong_Throws()
    {
        using SumModel model = new(1);
        using var integers = OrtValue.CreateTensorValueFromMemory([1L], [1]);

        Assert.That(
            () => model.Session.Run(model.Options, model.InputNames, [integers, integers], model.OutputNames, model.Outputs),
            Throws.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void Run_AfterDispose_Throws()
    {
        using SumModel model = new(1);
        model.Session.Dispose();

        Assert.That(model.Run, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Run_OnADisposedValue_Throws()
    {
        using SumModel model = new(1);
        model.Inputs[0].Dispose();

        Assert.That(model.Run, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Run_WhenTerminateIsSet_Throws()
    {
        using SumModel model = new(1);
        model.Options.Terminate = true;
        Assert.That(model.Run, Throws.TypeOf<OnnxRuntimeException>());

        model.Options.Terminate = false;

        Assert.That(model.Run, Throws.Nothing);
    }

    [Test]
    public void CreateTensorValueFromMemory_WhenTheShapeNeedsMore_Throws() =>
        Assert.That(() => OrtValue.CreateTensorValueFromMemory(new float[3], [2, 2]), Throws.TypeOf<OnnxRuntimeException>());

    [Test]
    public void GetTensorDataAsSpan_OfAnotherType_Throws()
    {
        using var value = OrtValue.CreateTensorValueFromMemory([1f], [1]);

        Assert.That(() => value.GetTensorDataAsSpan<long>().Length, Throws.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void Provider_ThatIsNotInstalled_IsAClearError()
    {
        Assume.That(File.Exists("/dev/nvidia0"), Is.False, "this machine has a GPU");
        using SessionOptions options = new();

        Assert.That(() => options.AppendExecutionProvider_CUDA(0), Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("onnxruntime_providers"));
        Assert.That(() => options.AppendExecutionProvider_Tensorrt(0), Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("onnxruntime_providers"));
        Assert.That(() => SessionOptions.MakeSessionOptionWithCudaProvider(), Throws.TypeOf<OnnxRuntimeException>());
        Assert.That(() => SessionOptions.MakeSessionOptionWithTensorrtProvider(), Throws.TypeOf<OnnxRuntimeException>());
        Assert.That(() => options.AppendExecutionProvider("NoSuchProvider"), Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("NoSuchProvider"));
    }
}
