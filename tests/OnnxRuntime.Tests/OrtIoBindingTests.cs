using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PromptPlatform.OnnxRuntime.Tests;

public sealed class OrtIoBindingTests
{
    [Test]
    public void RunWithBinding_WritesTheBoundOutput()
    {
        using SumModel model = new(1, 5);
        using var binding = Bind(model);
        binding.BindOutput("sum", model.Outputs[0]);

        binding.SynchronizeBoundInputs();
        model.Session.RunWithBinding(model.Options, binding);
        binding.SynchronizeBoundOutputs();

        Assert.That(model.Result, Is.EqualTo(new[] { 2f, 10f }));
    }

    [Test]
    public void RunWithBinding_AllocatesNothing()
    {
        using SumModel model = new(1, 5);
        using var binding = Bind(model);
        binding.BindOutput("sum", model.Outputs[0]);
        for (var i = 0; i < 100; i++) model.Session.RunWithBinding(model.Options, binding);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) model.Session.RunWithBinding(model.Options, binding);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void RunWithBoundResults_OnMemoryOfADevice_ReturnsWhatTheLibraryAllocated()
    {
        using SumModel model = new(1, 5);
        using var binding = Bind(model);
        binding.BindOutputToDevice("sum", OrtMemoryInfo.DefaultInstance);

        using var results = model.Session.RunWithBoundResults(model.Options, binding);

        Assert.That(binding.GetOutputNames(), Is.EqualTo(new[] { "sum" }));
        Assert.That(results, Has.Count.EqualTo(1));
        Assert.That(results[0].GetTensorDataAsSpan<float>().ToArray(), Is.EqualTo(new[] { 2f, 10f }));
        Assert.That(results[0].GetTensorMemoryInfo().Name, Is.EqualTo("Cpu"));
    }

    [Test]
    public void RunWithBinding_IntoAValueOfAnAllocator_WritesIt()
    {
        using SumModel model = new(1, 5);
        using OrtAllocator allocator = new(model.Session, OrtMemoryInfo.DefaultInstance);
        using var output = OrtValue.CreateAllocatedTensorValue(allocator, TensorElementType.Float, [2]);
        using var binding = Bind(model);
        binding.BindOutput("sum", output);

        model.Session.RunWithBinding(model.Options, binding);

        Assert.That(output.GetTensorDataAsSpan<float>().ToArray(), Is.EqualTo(new[] { 2f, 10f }));
        Assert.That(allocator.Info.Name, Is.EqualTo("Cpu"));
    }

    [Test]
    public void GetOutputNames_OfSeveralOutputs_KeepsTheirOrder()
    {
        using SumModel model = new(1);
        using var binding = model.Session.CreateIoBinding();

        Assert.That(binding.GetOutputNames(), Is.Empty);
        Assert.That(binding.GetOutputValues(), Is.Empty);
        binding.BindOutput("sum", model.Outputs[0]);

        Assert.That(binding.GetOutputNames(), Is.EqualTo(new[] { "sum" }));
    }

    [Test]
    public void ClearBound_ForgetsInputsAndOutputs()
    {
        using SumModel model = new(1);
        using var binding = Bind(model);
        binding.BindOutput("sum", model.Outputs[0]);

        binding.ClearBoundOutputs();
        Assert.That(binding.GetOutputNames(), Is.Empty);
        binding.BindOutput("sum", model.Outputs[0]);
        binding.ClearBoundInputs();

        Assert.That(() => model.Session.RunWithBinding(model.Options, binding), Throws.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void BindInput_Again_TakesThePlaceOfTheFirst()
    {
        using SumModel model = new(1, 2);
        using var other = OrtValue.CreateTensorValueFromMemory([10f, 20f], [2]);
        using var binding = Bind(model);
        binding.BindOutput("sum", model.Outputs[0]);

        binding.BindInput("a", other);
        model.Session.RunWithBinding(model.Options, binding);

        Assert.That(model.Result, Is.EqualTo(new[] { 11f, 22f }));
    }

    [Test]
    public void BindInput_OfAnUnknownName_Throws()
    {
        using SumModel model = new(1);
        using var binding = model.Session.CreateIoBinding();

        Assert.That(() => binding.BindInput("c", model.Inputs[0]), Throws.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void BoundValues_ThatWereDisposed_LiveUntilTheyAreCleared()
    {
        using SumModel model = new(1, 5);
        using var binding = Bind(model);
        binding.BindOutput("sum", model.Outputs[0]);
        model.Inputs[0].Dispose();
        model.Outputs[0].Dispose();

        model.Session.RunWithBinding(model.Options, binding);

        Assert.That(model.Result, Is.EqualTo(new[] { 2f, 10f }));
        Assert.That(model.Inputs[0].Handle.IsClosed, Is.False);
        binding.ClearBoundInputs();
        binding.ClearBoundOutputs();
        Assert.That(model.Inputs[0].Handle.IsClosed);
        Assert.That(model.Outputs[0].Handle.IsClosed);
    }

    [Test]
    public void OrtIoBinding_OutlivesADisposedSession()
    {
        using SumModel model = new(1);
        var binding = Bind(model);
        binding.BindOutput("sum", model.Outputs[0]);
        model.Session.Dispose();

        Assert.That(() => model.Session.RunWithBinding(model.Options, binding), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(binding.Dispose, Throws.Nothing);
        Assert.That(() => binding.BindInput("a", model.Inputs[0]), Throws.TypeOf<ObjectDisposedException>());
    }

    private static OrtIoBinding Bind(SumModel model)
    {
        var binding = model.Session.CreateIoBinding();
        binding.BindInput("a", model.Inputs[0]);
        binding.BindInput("b", model.Inputs[1]);
        return binding;
    }
}
