using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Element type and shape of a tensor; an open dimension of a model is -1.</summary>
public readonly struct OrtTensorTypeAndShapeInfo
{
    internal unsafe OrtTensorTypeAndShapeInfo(nint info)
    {
        int type;
        OrtTable.Check(((delegate* unmanaged<nint, int*, nint>)OrtTable.Function(OrtSlot.GetTensorElementType))(info, &type));
        ElementDataType = (TensorElementType)type;

        nuint rank;
        OrtTable.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtTable.Function(OrtSlot.GetDimensionsCount))(info, &rank));
        Shape = new long[rank];
        fixed (long* shape = Shape)
        {
            OrtTable.Check(((delegate* unmanaged<nint, long*, nuint, nint>)OrtTable.Function(OrtSlot.GetDimensions))(info, shape, rank));
        }

        // Counted here: the library's own count overflows on the open dimensions of a model.
        ElementCount = Shape.Any(size => size < 0) ? -1 : Shape.Aggregate(1L, (count, size) => checked(count * size));
    }

    /// <summary>Type of the elements.</summary>
    public TensorElementType ElementDataType { get; }

    /// <summary>Sizes of the dimensions.</summary>
    public long[] Shape { get; }

    /// <summary>Number of elements; -1 when a dimension is open.</summary>
    public long ElementCount { get; }

    /// <summary>Number of dimensions.</summary>
    public int DimensionsCount => Shape.Length;

    /// <summary>True for a tensor of strings.</summary>
    public bool IsString => ElementDataType == TensorElementType.String;
}
