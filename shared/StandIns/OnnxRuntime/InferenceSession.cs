using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A loaded model. Several Runs may be in flight at once; a disposed model is freed after the last of them.</summary>
public partial class InferenceSession : IDisposable
{
    private readonly SessionHandle session;

    /// <summary>Loads a model file with default options.</summary>
    public InferenceSession(string modelPath) : this(OpenFile(modelPath, null)) { }

    /// <summary>Loads a model file.</summary>
    /// <exception cref="OnnxRuntimeException">The file is missing or no model.</exception>
    public InferenceSession(string modelPath, SessionOptions options) : this(OpenFile(modelPath, options)) { }

    /// <summary>Loads a model from memory with default options.</summary>
    public InferenceSession(byte[] model) : this(OpenBytes(model, null)) { }

    /// <summary>Loads a model from memory.</summary>
    /// <exception cref="OnnxRuntimeException">The bytes are no model.</exception>
    public InferenceSession(byte[] model, SessionOptions options) : this(OpenBytes(model, options)) { }

    private InferenceSession(nint opened) => session = new(opened);

    /// <summary>Input names in the model's order.</summary>
    public IReadOnlyList<string> InputNames => session.Inputs.Names;

    /// <summary>Output names in the model's order.</summary>
    public IReadOnlyList<string> OutputNames => session.Outputs.Names;

    /// <summary>Type and shape of each input.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata => session.Inputs.Metadata;

    /// <summary>Type and shape of each output.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata => session.Outputs.Metadata;

    /// <summary>A binding of inputs and outputs for <see cref="RunWithBinding"/>.</summary>
    public unsafe OrtIoBinding CreateIoBinding()
    {
        nint binding;
        var create = (delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateIoBinding);
        OrtTable.Check(create(session.DangerousGetHandle(), &binding));
        return new(binding);
    }

    /// <summary>Stops profiling; returns the file that holds the profile.</summary>
    public unsafe string EndProfiling()
    {
        nint file;
        var end = (delegate* unmanaged<nint, nint, nint*, nint>)OrtTable.Function(OrtSlot.SessionEndProfiling);
        OrtTable.Check(end(session.DangerousGetHandle(), OrtTable.DefaultAllocator, &file));
        return OrtTable.TakeText(file);
    }

    /// <summary>Frees the model after the last Run in flight.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up the model once.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) session.Dispose();
    }

    private static unsafe nint OpenFile(string path, SessionOptions? options)
    {
        using var defaults = options is null ? new SessionOptions() : null;
        using var file = NativeText.FilePath(path);
        nint opened;
        var create = (delegate* unmanaged<nint, nint, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateSession);
        OrtTable.Check(create(OrtEnv.Instance().Pointer, file.Pointer, (options ?? defaults!).Pointer, &opened));
        return opened;
    }

    private static unsafe nint OpenBytes(byte[] model, SessionOptions? options)
    {
        using var defaults = options is null ? new SessionOptions() : null;
        nint opened;
        fixed (byte* bytes = model)
        {
            var create = (delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateSessionFromArray);
            OrtTable.Check(create(OrtEnv.Instance().Pointer, bytes, (nuint)model.Length, (options ?? defaults!).Pointer, &opened));
        }

        return opened;
    }
}
