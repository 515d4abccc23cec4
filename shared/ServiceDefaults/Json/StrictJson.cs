using System.Text.Json;
using Google.Protobuf.Reflection;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>
/// Checks a JSON text against a protobuf message in one pass, without building it: I-JSON (RFC 7493) plus "must-ignore" turned
/// off. Field names are the lowerCamelCase ones of the public API.
/// </summary>
public static class StrictJson
{
    private const int MaxDepth = 32;
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false };

    /// <summary>Returns when the text is a valid message of the type; throws a <see cref="RequestException"/> that names the field otherwise.</summary>
    public static void Check(ReadOnlySpan<byte> json, MessageDescriptor type)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json))
            throw RequestException.InvalidBody("the body is not valid UTF-8; encode the JSON text as UTF-8");
        if (json.StartsWith("\uFEFF"u8))
            throw RequestException.InvalidBody("the body begins with a byte order mark; send plain UTF-8");
        var reader = new Utf8JsonReader(json, s_options);
        var path = new JsonPath();
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw RequestException.InvalidBody("the body must be a JSON object");
            StrictJsonMessage.Check(ref reader, type, path);
            if (reader.Read())
                throw RequestException.InvalidBody("the body holds more than one JSON value");
        }
        catch (JsonException error)
        {
            throw RequestException.InvalidBody($"the body is not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}{path.Where}");
        }
    }
}
