using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Inputs and outputs bound to a session ahead of its Runs. Not for several threads at once.</summary>
public class OrtIoBinding : SafeHandle
{
    // Bound values live until they are replaced or cleared: the library reads their memory in every Run.
    private readonly BoundValues inputs = new();
    private readonly BoundValues outputs = new();
    private readonly SessionHandle session;

    internal OrtIoBinding(SessionHandle session) : base(0, ownsHandle: true)
    {
        SetHandle(CreateFor(session));
        this.session = session;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Binds an input to a value. On a GPU a value in ordinary memory is copied now: bind again after changing it.</summary>
    public void BindInput(string name, OrtValue ortValue)
    {
        using Held value = new(ortValue.Handle);
        Bind(OrtSlot.BindInput, name, value.Pointer);
        inputs.Keep(name, ortValue.Handle);
    }

    /// <summary>Binds an output to a value that receives it.</summary>
    public void BindOutput(string name, OrtValue ortValue)
    {
        using Held value = new(ortValue.Handle);
        Bind(OrtSlot.BindOutput, name, value.Pointer);
        outputs.Keep(name, ortValue.Handle);
    }

    /// <summary>Lets the library allocate an output on a device; <see cref="GetOutputValues"/> has it after the Run.</summary>
    public void BindOutputToDevice(string name, OrtMemoryInfo memInfo)
    {
        using Held info = new(memInfo);
        Bind(OrtSlot.BindOutputToDevice, name, info.Pointer);
        outputs.Drop(name);
    }

    /// <summary>Waits until bound inputs have reached their device.</summary>
    public void SynchronizeBoundInputs() => OrtTable.Call(OrtSlot.SynchronizeBoundInputs, this);

    /// <summary>Waits until bound outputs have left their device.</summary>
    public void SynchronizeBoundOutputs() => OrtTable.Call(OrtSlot.SynchronizeBoundOutputs, this);

    /// <summary>The names of the outputs in the order in which they were bound.</summary>
    public unsafe string[] GetOutputNames()
    {
        using Held held = new(this);
        byte* text;
        nuint* lengths;
        nuint count;
        var ask = (delegate* unmanaged<nint, nint, byte**, nuint**, nuint*, nint>)OrtTable.Function(OrtSlot.GetBoundOutputNames);
        OrtTable.Check(ask(held.Pointer, OrtTable.DefaultAllocator, &text, &lengths, &count));
        if (count == 0) return [];
        var names = new string[count];
        var rest = text;
        for (var i = 0; i < names.Length; rest += lengths[i++]) names[i] = Encoding.UTF8.GetString(rest, (int)lengths[i]);
        OrtTable.Free((nint)text);
        OrtTable.Free((nint)lengths);
        return names;
    }

    /// <summary>The outputs after a Run, in the order in which they were bound. The caller disposes them.</summary>
    public unsafe IDisposableReadOnlyCollection<OrtValue> GetOutputValues()
    {
        using Held held = new(this);
        nint* values;
        nuint count;
        var ask = (delegate* unmanaged<nint, nint, nint**, nuint*, nint>)OrtTable.Function(OrtSlot.GetBoundOutputValues);
        OrtTable.Check(ask(held.Pointer, OrtTable.DefaultAllocator, &values, &count));
        var results = new OrtValue[count];
        for (var i = 0; i < results.Length; i++) results[i] = new(values[i]);
        if (count > 0) OrtTable.Free((nint)values);
        return new DisposableList<OrtValue>(results);
    }

    /// <summary>Forgets the inputs.</summary>
    public void ClearBoundInputs() => Clear(OrtSlot.ClearBoundInputs, inputs);

    /// <summary>Forgets the outputs.</summary>
    public void ClearBoundOutputs() => Clear(OrtSlot.ClearBoundOutputs, outputs);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseIoBinding, handle);
        inputs.Clear();
        outputs.Clear();
        session.DangerousRelease();
        return true;
    }

    // The binding holds the session until it is released itself.
    private static unsafe nint CreateFor(SessionHandle session)
    {
        var added = false;
        session.DangerousAddRef(ref added);
        try
        {
            nint binding;
            var create = (delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateIoBinding);
            OrtTable.Check(create(session.DangerousGetHandle(), &binding));
            return binding;
        }
        catch
        {
            session.DangerousRelease();
            throw;
        }
    }

    private unsafe void Bind(OrtSlot slot, string name, nint target)
    {
        using Held held = new(this);
        using NativeText text = new(name);
        OrtTable.Check(((delegate* unmanaged<nint, nint, nint, nint>)OrtTable.Function(slot))(held.Pointer, text.Pointer, target));
    }

    private void Clear(OrtSlot slot, BoundValues values)
    {
        using Held held = new(this);
        OrtTable.Release(slot, held.Pointer);
        values.Clear();
    }
}
