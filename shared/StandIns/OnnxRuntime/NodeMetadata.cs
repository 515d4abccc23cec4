using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a model says about one of its inputs or outputs.</summary>
public class NodeMetadata
{
    internal unsafe NodeMetadata(nint typeInfo)
    {
        int kind;
        OrtTable.Check(((delegate* unmanaged<nint, int*, nint>)OrtTable.Function(OrtSlot.GetOnnxTypeFromTypeInfo))(typeInfo, &kind));
        OnnxValueType = (OnnxValueType)kind;
        if (!IsTensor) return;

        // Part of typeInfo: it must not be released by itself.
        nint tensor;
        OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.CastTypeInfoToTensorInfo))(typeInfo, &tensor));
        OrtTensorTypeAndShapeInfo info = new(tensor);
        ElementDataType = info.ElementDataType;
        Dimensions = [.. info.Shape.Select(size => checked((int)size))];
        SymbolicDimensions = Symbols(tensor, Dimensions.Length);
    }

    /// <summary>What kind of value it is.</summary>
    public OnnxValueType OnnxValueType { get; }

    /// <summary>True for a tensor.</summary>
    public bool IsTensor => OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR;

    /// <summary>Type of the elements of a tensor.</summary>
    public TensorElementType ElementDataType { get; }

    /// <summary>Sizes of the dimensions; -1 where the model leaves one open.</summary>
    public int[] Dimensions { get; } = [];

    /// <summary>Names of the dimensions that the model leaves open; empty for the others.</summary>
    public string[] SymbolicDimensions { get; } = [];

    /// <summary>True for a tensor of strings.</summary>
    public bool IsString => ElementDataType == TensorElementType.String;

    private static unsafe string[] Symbols(nint tensor, int rank)
    {
        // The names are part of the type: they must not be freed by themselves.
        var names = new nint[rank];
        fixed (nint* first = names)
        {
            var ask = (delegate* unmanaged<nint, nint*, nuint, nint>)OrtTable.Function(OrtSlot.GetSymbolicDimensions);
            OrtTable.Check(ask(tensor, first, (nuint)rank));
        }

        return [.. names.Select(name => Marshal.PtrToStringUTF8(name) ?? "")];
    }
}
