using Google.Protobuf;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>
/// A graph of nothing but a model's 8-bit matrix products, on inputs that are 8-bit already: the least that any graph with
/// these weights can cost in this library. Written field by field as the ONNX format demands.
/// </summary>
internal static class IntegerProducts
{
    private const int UInt8 = 2, Int8 = 3, Int32 = 6;

    /// <summary>The name of the input of a width.</summary>
    public static string InputOf(int width) => $"in{width}";

    /// <summary>The bytes of the model; its inputs are unsigned 8-bit [tokens, width], one for every width.</summary>
    /// <param name="products">Width in and out of each product.</param>
    public static byte[] Write(IReadOnlyList<(int In, int Out)> products)
    {
        var graph = Message(graph =>
        {
            for (var i = 0; i < products.Count; i++)
            {
                Field(graph, 1, Node(InputOf(products[i].In), $"levels{i}", $"product{i}"));
                Field(graph, 5, Weights($"levels{i}", products[i].In, products[i].Out));
                Field(graph, 12, Value($"product{i}", Int32, products[i].Out));
            }

            Text(graph, 2, "products");
            foreach (var width in products.Select(product => product.In).Distinct()) Field(graph, 11, Value(InputOf(width), UInt8, width));
        });
        return Message(model =>
        {
            Number(model, 1, 8);
            Field(model, 7, graph);
            Field(model, 8, Message(opset => Number(opset, 2, 17)));
        });
    }

    private static byte[] Node(string left, string right, string output) => Message(node =>
    {
        Text(node, 1, left);
        Text(node, 1, right);
        Text(node, 2, output);
        Text(node, 4, "MatMulInteger");
    });

    private static byte[] Weights(string name, int rows, int columns) => Message(tensor =>
    {
        var levels = new byte[rows * columns];
        new Random(1).NextBytes(levels);
        Number(tensor, 1, rows);
        Number(tensor, 1, columns);
        Number(tensor, 2, Int8);
        Text(tensor, 8, name);
        Field(tensor, 9, levels);
    });

    private static byte[] Value(string name, int type, int columns) => Message(value =>
    {
        var shape = Message(shape =>
        {
            Field(shape, 1, Message(open => Text(open, 2, "tokens")));
            Field(shape, 1, Message(known => Number(known, 1, columns)));
        });
        var tensor = Message(tensor =>
        {
            Number(tensor, 1, type);
            Field(tensor, 2, shape);
        });
        Text(value, 1, name);
        Field(value, 2, Message(kind => Field(kind, 1, tensor)));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true)) write(output);
        return bytes.ToArray();
    }

    private static void Field(CodedOutputStream output, int number, byte[] content)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
    }

    private static void Text(CodedOutputStream output, int number, string text)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Number(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }
}
