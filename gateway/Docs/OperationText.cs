using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PromptPlatform.Gateway.Docs;

/// <summary>What the contracts do not say about an operation: <c>Docs/operations.json</c>, by path of the gRPC method.</summary>
/// <param name="Summary">One line.</param>
/// <param name="IdempotencyKey">Whether it takes an Idempotency-Key.</param>
/// <param name="IfMatch">Whether it takes an If-Match.</param>
/// <param name="Example">A request body.</param>
/// <param name="Media">Content types of an answer that is a file; none when it is JSON.</param>
internal sealed partial record OperationText(string Summary, bool IdempotencyKey, bool IfMatch, JsonNode? Example, IReadOnlyList<string> Media)
{
    private static readonly JsonObject s_texts = JsonNode.Parse(Resource.Text("docs/operations.json"))!.AsObject();

    /// <summary>The text of an operation; its name in words where nothing is written.</summary>
    public static OperationText Of(PublicOperation operation)
    {
        var text = s_texts[operation.Method.FullName] as JsonObject;
        return new OperationText(
            text?["summary"]?.GetValue<string>() ?? InWords(operation.Method.Name),
            operation.Verb == "POST" && text?["idempotencyKey"]?.GetValue<bool>() != false,
            text?["ifMatch"]?.GetValue<bool>() == true,
            text?["example"],
            [.. (text?["media"] as JsonArray ?? []).Select(type => type!.GetValue<string>())]);
    }

    /// <summary>Names that no operation has: a test keeps this empty.</summary>
    public static IEnumerable<string> Strangers => s_texts.Select(pair => pair.Key).Except(PublicOperation.All.Select(o => o.Method.FullName));

    /// <summary>The operation's id, unique over services: <c>enhance</c>, <c>analyticsGetUsage</c>.</summary>
    public static string IdOf(PublicOperation operation)
    {
        string name = operation.Method.Name;
        bool unique = PublicOperation.All.Count(other => other.Method.Name == name) == 1;
        return unique ? char.ToLowerInvariant(name[0]) + name[1..] : operation.Service + name;
    }

    private static string InWords(string name)
    {
        string words = Words().Replace(name, " $1").ToLowerInvariant().Trim();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Words();
}
