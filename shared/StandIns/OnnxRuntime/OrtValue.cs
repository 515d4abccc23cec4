using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A tensor, over memory of ours (pinned while the value lives) or of the library.</summary>
public class OrtValue : IDisposable
{
    private nint value;
    private MemoryHandle pin;

    internal OrtValue(nint value, MemoryHandle pin = default)
    {
        this.value = value;
        this.pin = pin;
    }

    /// <summary>Gives native memory back if <see cref="Dispose()"/> was forgotten.</summary>
    ~OrtValue() => Dispose(disposing: false);

    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(value == 0, this);
            return value;
        }
    }

    /// <summary>What the value is; a tensor in everything that this class creates.</summary>
    public OnnxValueType OnnxType => (OnnxValueType)Ask(OrtSlot.GetValueType);

    /// <summary>True for a tensor.</summary>
    public bool IsTensor => Ask(OrtSlot.IsTensor) != 0;

    /// <summary>A tensor over an array, without a copy.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape) where T : unmanaged =>
        CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), shape);

    /// <summary>A tensor over memory that stays pinned until the value is disposed.</summary>
    /// <exception cref="OnnxRuntimeException">The shape needs more elements than there are.</exception>
    public static unsafe OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo pMemoryInfo, Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        var pin = memory.Pin();
        try
        {
            return new(Wrap(pMemoryInfo, TypeOf<T>(), shape, (nint)pin.Pointer, (long)memory.Length * sizeof(T)), pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>A tensor over native or already pinned memory, which the caller keeps alive.</summary>
    public static OrtValue CreateTensorValueWithData(
        OrtMemoryInfo pMemoryInfo, TensorElementType elementType, long[] shape, IntPtr dataBufferPtr, long bufferLengthInBytes) =>
        new(Wrap(pMemoryInfo, elementType, shape, dataBufferPtr, bufferLengthInBytes));

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

        void* data;
        OrtTable.Check(((delegate* unmanaged<nint, void**, nint>)OrtTable.Function(OrtSlot.GetTensorMutableData))(Pointer, &data));
        return new(data, checked((int)info.ElementCount));
    }

    /// <summary>Element type and shape.</summary>
    public unsafe OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        nint info;
        OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.GetTensorTypeAndShape))(Pointer, &info));
        try
        {
            return new(info);
        }
        finally
        {
            OrtTable.Release(OrtSlot.ReleaseTensorTypeAndShapeInfo, info);
        }
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
        var released = Interlocked.Exchange(ref value, 0);
        if (released == 0) return;
        OrtTable.Release(OrtSlot.ReleaseValue, released);
        pin.Dispose();
    }

    private static unsafe nint Wrap(OrtMemoryInfo memory, TensorElementType type, long[] shape, nint data, long bytes)
    {
        nint created;
        fixed (long* dimensions = shape)
        {
            var create = (delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)OrtTable.Function(OrtSlot.CreateTensorWithDataAsOrtValue);
            OrtTable.Check(create(memory.Pointer, data, (nuint)bytes, dimensions, (nuint)shape.Length, (int)type, &created));
        }

        return created;
    }

    private unsafe int Ask(OrtSlot slot)
    {
        int answer;
        OrtTable.Check(((delegate* unmanaged<nint, int*, nint>)OrtTable.Function(slot))(Pointer, &answer));
        return answer;
    }

    private static TensorElementType TypeOf<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? TensorElementType.Float
        : typeof(T) == typeof(long) ? TensorElementType.Int64
        : typeof(T) == typeof(int) ? TensorElementType.Int32
        : typeof(T) == typeof(byte) ? TensorElementType.UInt8
        : typeof(T) == typeof(sbyte) ? TensorElementType.Int8
        : typeof(T) == typeof(bool) ? TensorElementType.Bool
        : typeof(T) == typeof(double) ? TensorElementType.Double
        : typeof(T) == typeof(Half) ? TensorElementType.Float16
        : throw new OnnxRuntimeException(ErrorCode.NotImplemented, $"tensors of {typeof(T).Name} are not covered");
}
