using System.Buffers;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A tensor, over memory of ours (pinned while the value lives) or of the library. A value that is disposed while a Run uses it is
/// freed after that Run.
/// </summary>
public partial class OrtValue : IDisposable
{
    internal OrtValue(nint value, MemoryHandle pin = default) => Handle = new(value, pin);

    internal ValueHandle Handle { get; }

    /// <summary>What the value is; a tensor in everything that this class creates.</summary>
    public OnnxValueType OnnxType => (OnnxValueType)OrtTable.Ask(OrtSlot.GetValueType, Handle);

    /// <summary>True for a tensor.</summary>
    public bool IsTensor => OrtTable.Ask(OrtSlot.IsTensor, Handle) != 0;

    /// <summary>The elements, to read.</summary>
    public ReadOnlySpan<T> GetTensorDataAsSpan<T>() where T : unmanaged => GetTensorMutableDataAsSpan<T>();

    /// <summary>The elements, to write.</summary>
    /// <exception cref="OnnxRuntimeException">The tensor has elements of another type.</exception>
    public unsafe Span<T> GetTensorMutableDataAsSpan<T>() where T : unmanaged
    {
        var info = GetTensorTypeAndShape();
        if (info.ElementDataType != TypeOf<T>())
        {
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"the tensor holds {info.ElementDataType}, not {typeof(T).Name}");
        }

        return new(Data(), checked((int)info.ElementCount));
    }

    /// <summary>The bytes of the elements.</summary>
    /// <exception cref="OnnxRuntimeException">The tensor holds strings or another type without a fixed size.</exception>
    public unsafe Span<byte> GetTensorMutableRawData()
    {
        var info = GetTensorTypeAndShape();
        return new(Data(), checked((int)info.ElementCount * SizeOf(info.ElementDataType)));
    }

    /// <summary>Element type and shape.</summary>
    public unsafe OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        using Held held = new(Handle);
        nint info;
        OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.GetTensorTypeAndShape))(held.Pointer, &info));
        try
        {
            return new(info);
        }
        finally
        {
            OrtTable.Release(OrtSlot.ReleaseTensorTypeAndShapeInfo, info);
        }
    }

    /// <summary>The memory that the tensor lies in. Good until the value is disposed.</summary>
    public unsafe OrtMemoryInfo GetTensorMemoryInfo()
    {
        using Held held = new(Handle);
        nint info;
        OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.GetTensorMemoryInfo))(held.Pointer, &info));
        return new(info, owned: false);
    }

    /// <summary>Releases the value and unpins its memory.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the value once.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Handle.Dispose();
    }

    private unsafe void* Data()
    {
        using Held held = new(Handle);
        void* data;
        OrtTable.Check(((delegate* unmanaged<nint, void**, nint>)OrtTable.Function(OrtSlot.GetTensorMutableData))(held.Pointer, &data));
        return data;
    }
}
