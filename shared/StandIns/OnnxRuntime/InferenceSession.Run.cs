using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

public partial class InferenceSession
{
    // Pointers that a Run keeps on the stack; a model with more nodes pays for an array.
    private const int MaxOnStack = 64;

    /// <summary>Runs the model into values of the caller. Allocates nothing when names and values are arrays or lists.</summary>
    /// <exception cref="OnnxRuntimeException">A name, a type or a shape does not fit the model, the Run failed or was terminated.</exception>
    /// <exception cref="ObjectDisposedException">The session, the options or a value was disposed.</exception>
    public void Run(
        RunOptions? runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames,
        IReadOnlyCollection<OrtValue> outputValues)
    {
        CheckCount("output", outputNames.Count, outputValues.Count);
        var results = outputValues.Count <= MaxOnStack ? stackalloc nint[outputValues.Count] : new nint[outputValues.Count];
        using HeldValues held = new(List(outputValues), results);
        RunCore(runOptions, List(inputNames), List(inputValues), List(outputNames), results);
    }

    /// <summary>Runs the model; the library allocates the results, which the caller disposes.</summary>
    /// <inheritdoc cref="Run(RunOptions, IReadOnlyCollection{string}, IReadOnlyCollection{OrtValue}, IReadOnlyCollection{string}, IReadOnlyCollection{OrtValue})"/>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions? runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames)
    {
        var results = new nint[outputNames.Count];
        RunCore(runOptions, List(inputNames), List(inputValues), List(outputNames), results);
        return new DisposableList<OrtValue>([.. results.Select(result => new OrtValue(result))]);
    }

    /// <inheritdoc cref="Run(RunOptions, IReadOnlyCollection{string}, IReadOnlyCollection{OrtValue}, IReadOnlyCollection{string})"/>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions? runOptions, IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputNames) =>
        Run(runOptions, [.. inputs.Keys], [.. inputs.Values], outputNames);

    /// <summary>Runs the model on bound values.</summary>
    public unsafe void RunWithBinding(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        using Held opened = new(Handle), options = new(runOptions), binding = new(ioBinding);
        var run = (delegate* unmanaged<nint, nint, nint, nint>)OrtTable.Function(OrtSlot.RunWithBinding);
        OrtTable.Check(run(opened.Pointer, options.Pointer, binding.Pointer));
    }

    /// <summary>Runs the model on bound values; returns the bound outputs, which the caller disposes.</summary>
    public IDisposableReadOnlyCollection<OrtValue> RunWithBoundResults(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        RunWithBinding(runOptions, ioBinding);
        return ioBinding.GetOutputValues();
    }

    private unsafe void RunCore(
        RunOptions? options, IReadOnlyList<string> inputNames, IReadOnlyList<OrtValue> inputValues, IReadOnlyList<string> outputNames, Span<nint> results)
    {
        CheckCount("input", inputNames.Count, inputValues.Count);
        var inputs = inputNames.Count;
        var outputs = outputNames.Count;
        var places = inputs + inputs + outputs <= MaxOnStack ? stackalloc nint[MaxOnStack] : new nint[inputs + inputs + outputs];
        var values = places[..inputs];
        var names = places.Slice(inputs, inputs);
        var wanted = places.Slice(inputs + inputs, outputs);

        using Held opened = new(Handle), settings = new(options);
        using HeldValues held = new(inputValues, values);
        for (var i = 0; i < inputs; i++) names[i] = session.Inputs.Pointer(inputNames[i]);
        for (var i = 0; i < outputs; i++) wanted[i] = session.Outputs.Pointer(outputNames[i]);

        fixed (nint* n = names, v = values, w = wanted, r = results)
        {
            var run = (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)OrtTable.Function(OrtSlot.Run);
            OrtTable.Check(run(opened.Pointer, settings.Pointer, n, v, (nuint)inputs, w, (nuint)outputs, r));
        }
    }

    private static void CheckCount(string side, int names, int values)
    {
        if (names != values) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"{names} {side} names but {values} {side} values");
    }

    private static IReadOnlyList<T> List<T>(IReadOnlyCollection<T> items) => items as IReadOnlyList<T> ?? [.. items];
}
