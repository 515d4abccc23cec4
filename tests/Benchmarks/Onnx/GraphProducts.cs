using Google.Protobuf;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>The 8-bit matrix products of a graph, read from its file as the ONNX format lays it out.</summary>
internal static class GraphProducts
{
    private const int Int8 = 3;

    /// <summary>Width in and out of every product over tokens, in the order of the graph.</summary>
    /// <param name="file">The model.</param>
    /// <param name="width">Logits: the product that makes them is over prompts and left out.</param>
    public static IReadOnlyList<(int In, int Out)> Read(string file, int width)
    {
        var nodes = new List<(string Kind, List<string> Inputs)>();
        var weights = new Dictionary<string, (int In, int Out)>();
        foreach (var (field, content) in Fields(Fields(File.ReadAllBytes(file)).Single(part => part.Field == 7).Content))
        {
            if (field == 1) nodes.Add(ReadNode(content));
            else if (field == 5 && ReadWeight(content) is { } weight) weights[weight.Name] = (weight.In, weight.Out);
        }

        return [.. nodes.Where(node => node.Kind == "MatMulInteger").Select(node => weights[node.Inputs[1]]).Where(product => product.Out != width)];
    }

    private static (string Kind, List<string> Inputs) ReadNode(byte[] node)
    {
        var parts = Fields(node).ToList();
        return (Text(parts.Single(part => part.Field == 4).Content), [.. parts.Where(part => part.Field == 1).Select(part => Text(part.Content))]);
    }

    private static (string Name, int In, int Out)? ReadWeight(byte[] tensor)
    {
        var parts = Fields(tensor).ToList();
        int[] dimensions = [.. parts.Where(part => part.Field == 1).SelectMany(part => Numbers(part.Content))];
        var kind = parts.Where(part => part.Field == 2).SelectMany(part => Numbers(part.Content)).FirstOrDefault();
        return kind == Int8 && dimensions.Length == 2 ? (Text(parts.Single(part => part.Field == 8).Content), dimensions[0], dimensions[1]) : null;
    }

    // Every field with its bytes; a number is its bytes as written, so that lists of numbers read the same packed or not.
    private static IEnumerable<(int Field, byte[] Content)> Fields(byte[] message)
    {
        CodedInputStream input = new(message);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited) yield return (field, input.ReadBytes().ToByteArray());
            else if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint) yield return (field, Varint(input.ReadInt64()));
            else input.SkipLastField();
        }
    }

    private static byte[] Varint(long number)
    {
        var bytes = new byte[CodedOutputStream.ComputeInt64Size(number)];
        using CodedOutputStream output = new(bytes);
        output.WriteInt64(number);
        return bytes;
    }

    private static IEnumerable<int> Numbers(byte[] content)
    {
        CodedInputStream input = new(content);
        while (!input.IsAtEnd) yield return (int)input.ReadInt64();
    }

    private static string Text(byte[] content) => System.Text.Encoding.UTF8.GetString(content);
}
