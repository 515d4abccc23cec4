using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A loaded model. Several Runs may be in flight at once; a disposed model is freed after the last of them.</summary>
public partial class InferenceSession : IDisposable
{
    private readonly SessionHandle session;
    private volatile bool disposed;
    private ModelMetadata? modelMetadata;

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

    // The handle itself stays usable as long as a Run or a binding holds it.
    internal SessionHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return session;
        }
    }

    /// <summary>Input names in the model's order.</summary>
    public IReadOnlyList<string> InputNames => session.Inputs.Names;

    /// <summary>Output names in the model's order.</summary>
    public IReadOnlyList<string> OutputNames => session.Outputs.Names;

    /// <summary>Type and shape of each input.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata => session.Inputs.Metadata;

    /// <summary>Type and shape of each output.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata => session.Outputs.Metadata;

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata ModelMetadata => modelMetadata ??= new(Handle);

    /// <summary>When profiling started, in nanoseconds of the library's clock.</summary>
    public unsafe ulong ProfilingStartTimeNs
    {
        get
        {
            using Held held = new(Handle);
            ulong start;
            OrtTable.Check(((delegate* unmanaged<nint, ulong*, nint>)OrtTable.Function(OrtSlot.SessionGetProfilingStartTimeNs))(held.Pointer, &start));
            return start;
        }
    }

    /// <summary>A binding of inputs and outputs for <see cref="RunWithBinding"/>.</summary>
    public OrtIoBinding CreateIoBinding() => new(Handle);

    /// <summary>Stops profiling; returns the file that holds the profile.</summary>
    public string EndProfiling()
    {
        using Held held = new(Handle);
        return OrtTable.AskText(OrtSlot.SessionEndProfiling, held.Pointer);
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
        if (!disposing) return;
        disposed = true;
        session.Dispose();
    }

    private static unsafe nint OpenFile(string path, SessionOptions? options)
    {
        using var defaults = options is null ? new SessionOptions() : null;
        using var file = NativeText.FilePath(path);
        using Held environment = new(OrtEnv.Instance()), settings = new(options ?? defaults);
        nint opened;
        var create = (delegate* unmanaged<nint, nint, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateSession);
        OrtTable.Check(create(environment.Pointer, file.Pointer, settings.Pointer, &opened));
        return opened;
    }

    private static unsafe nint OpenBytes(byte[] model, SessionOptions? options)
    {
        using var defaults = options is null ? new SessionOptions() : null;
        using Held environment = new(OrtEnv.Instance()), settings = new(options ?? defaults);
        nint opened;
        fixed (byte* bytes = model)
        {
            var create = (delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateSessionFromArray);
            OrtTable.Check(create(environment.Pointer, bytes, (nuint)model.Length, settings.Pointer, &opened));
        }

        return opened;
    }
}
