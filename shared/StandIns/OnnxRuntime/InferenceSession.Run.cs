using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

public partial class InferenceSession
{
    /// <summary>Runs the model into values of the caller. Allocates nothing when names and values are arrays or lists.</summary>
    /// <exception cref="OnnxRuntimeException">A name, a type or a shape does not fit the model, or the Run failed.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Run(
        RunOptions runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames,
        IReadOnlyCollection<OrtValue> outputValues)
    {
        CheckCount("output", outputNames.Count, outputValues.Count);
        Span<nint> results = stackalloc nint[outputValues.Count];
        var values = List(outputValues);
        for (var i = 0; i < results.Length; i++) results[i] = values[i].Pointer;
        RunCore(runOptions, List(inputNames), List(inputValues), List(outputNames), results);
        GC.KeepAlive(outputValues);
    }

    /// <summary>Runs the model; the library allocates the results, which the caller disposes.</summary>
    /// <exception cref="OnnxRuntimeException">A name, a type or a shape does not fit the model, or the Run failed.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames)
    {
        Span<nint> results = stackalloc nint[outputNames.Count];
        results.Clear();
        RunCore(runOptions, List(inputNames), List(inputValues), List(outputNames), results);
        var values = new OrtValue[results.Length];
        for (var i = 0; i < values.Length; i++) values[i] = new(results[i]);
        return new DisposableList<OrtValue>(values);
    }

    /// <inheritdoc cref="Run(RunOptions, IReadOnlyCollection{string}, IReadOnlyCollection{OrtValue}, IReadOnlyCollection{string})"/>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions runOptions, IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputNames) =>
        Run(runOptions, [.. inputs.Keys], [.. inputs.Values], outputNames);

    /// <summary>Runs the model on bound values.</summary>
    public unsafe void RunWithBinding(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        var held = false;
        try
        {
            session.DangerousAddRef(ref held);
            var run = (delegate* unmanaged<nint, nint, nint, nint>)OrtTable.Function(OrtSlot.RunWithBinding);
            OrtTable.Check(run(session.DangerousGetHandle(), runOptions.Pointer, ioBinding.Pointer));
        }
        finally
        {
            if (held) session.DangerousRelease();
            GC.KeepAlive(runOptions);
            GC.KeepAlive(ioBinding);
        }
    }

    private unsafe void RunCore(
        RunOptions options, IReadOnlyList<string> inputNames, IReadOnlyList<OrtValue> inputValues, IReadOnlyList<string> outputNames, Span<nint> results)
    {
        CheckCount("input", inputNames.Count, inputValues.Count);
        var names = stackalloc nint[inputNames.Count];
        var values = stackalloc nint[inputNames.Count];
        var wanted = stackalloc nint[outputNames.Count];
        var held = false;
        try
        {
            session.DangerousAddRef(ref held);
            for (var i = 0; i < inputNames.Count; i++)
            {
                names[i] = session.Inputs.Pointer(inputNames[i]);
                values[i] = inputValues[i].Pointer;
            }

            for (var i = 0; i < outputNames.Count; i++) wanted[i] = session.Outputs.Pointer(outputNames[i]);
            fixed (nint* result = results)
            {
                var run = (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)OrtTable.Function(OrtSlot.Run);
                OrtTable.Check(run(
                    session.DangerousGetHandle(), options.Pointer, names, values, (nuint)inputNames.Count, wanted, (nuint)outputNames.Count, result));
            }
        }
        finally
        {
            if (held) session.DangerousRelease();
            GC.KeepAlive(options);
            GC.KeepAlive(inputValues);
        }
    }

    private static void CheckCount(string side, int names, int values)
    {
        if (names != values) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"{names} {side} names but {values} {side} values");
    }

    private static IReadOnlyList<T> List<T>(IReadOnlyCollection<T> items) => items as IReadOnlyList<T> ?? [.. items];
}
