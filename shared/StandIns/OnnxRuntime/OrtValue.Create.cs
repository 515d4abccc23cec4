using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public partial class OrtValue
{
    /// <summary>A tensor over an array, without a copy.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape) where T : unmanaged =>
        CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), shape);

    /// <summary>A tensor over memory that stays pinned until the value is disposed.</summary>
    /// <exception cref="OnnxRuntimeException">The shape needs more elements than there are.</exception>
    public static unsafe OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo memoryInfo, Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        var pin = memory.Pin();
        try
        {
            return new(Wrap(memoryInfo, TypeOf<T>(), shape, (nint)pin.Pointer, (long)memory.Length * sizeof(T)), pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>A tensor over native or already pinned memory, which the caller keeps alive.</summary>
    public static OrtValue CreateTensorValueWithData(
        OrtMemoryInfo memInfo, TensorElementType elementType, long[] shape, IntPtr dataBufferPtr, long bufferLengthInBytes) =>
        new(Wrap(memInfo, elementType, shape, dataBufferPtr, bufferLengthInBytes));

    /// <summary>A tensor in memory of an allocator, on a GPU for one.</summary>
    public static unsafe OrtValue CreateAllocatedTensorValue(OrtAllocator allocator, TensorElementType elementType, long[] shape)
    {
        using Held held = new(allocator);
        nint created;
        fixed (long* dimensions = shape)
        {
            var create = (delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)OrtTable.Function(OrtSlot.CreateTensorAsOrtValue);
            OrtTable.Check(create(held.Pointer, dimensions, (nuint)shape.Length, (int)elementType, &created));
        }

        return new(created);
    }

    private static unsafe nint Wrap(OrtMemoryInfo memory, TensorElementType type, long[] shape, nint data, long bytes)
    {
        using Held info = new(memory);
        nint created;
        fixed (long* dimensions = shape)
        {
            var create = (delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)OrtTable.Function(OrtSlot.CreateTensorWithDataAsOrtValue);
            OrtTable.Check(create(info.Pointer, data, (nuint)bytes, dimensions, (nuint)shape.Length, (int)type, &created));
        }

        return created;
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

    private static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.UInt8 or TensorElementType.Int8 or TensorElementType.Bool => 1,
        TensorElementType.UInt16 or TensorElementType.Int16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Float or TensorElementType.UInt32 or TensorElementType.Int32 => 4,
        TensorElementType.Double or TensorElementType.UInt64 or TensorElementType.Int64 or TensorElementType.Complex64 => 8,
        TensorElementType.Complex128 => 16,
        TensorElementType.String or TensorElementType.DataTypeMax => throw NoSize(type),
        _ => throw NoSize(type),
    };

    private static OnnxRuntimeException NoSize(TensorElementType type) =>
        new(ErrorCode.InvalidArgument, $"elements of {type} have no fixed size");
}
