using Google.Protobuf;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>
/// A graph of nothing but the model's eight 8-bit matrix products, on inputs that are 8-bit already: the least that any graph with
/// these weights can cost in this library. Written field by field as the ONNX format demands.
/// </summary>
internal static class IntegerProducts
{
    public const int Layers = 2;

    private const int UInt8 = 2, Int8 = 3, Int32 = 6;

    /// <summary>Width in and out of each product of a layer.</summary>
    public static readonly (string Name, int In, int Out)[] Products = [("qkv", 128, 384), ("attended", 128, 128), ("feed_in", 128, 512), ("feed_out", 512, 128)];

    /// <summary>The bytes of the model; its inputs are in128 and in512, unsigned 8-bit [tokens, width].</summary>
    public static byte[] Write()
    {
        var graph = Message(graph =>
        {
            for (var layer = 0; layer < Layers; layer++)
            {
                foreach (var (name, width, columns) in Products)
                {
                    Field(graph, 1, Node($"in{width}", $"{name}{layer}_levels", $"{name}{layer}"));
                    Field(graph, 5, Weights($"{name}{layer}_levels", width, columns));
                    Field(graph, 12, Value($"{name}{layer}", Int32, columns));
                }
            }

            Text(graph, 2, "products");
            Field(graph, 11, Value("in128", UInt8, 128));
            Field(graph, 11, Value("in512", UInt8, 512));
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
