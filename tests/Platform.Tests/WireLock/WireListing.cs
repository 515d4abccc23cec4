using Google.Api;
using Google.Protobuf.Reflection;
using PromptPlatform.Contracts.Access.V1;

namespace PromptPlatform.Platform.Tests.WireLock;

/// <summary>Everything of the contracts that a peer depends on, one line each, sorted: what protos/wire.lock holds.</summary>
internal static class WireListing
{
    public static IReadOnlyList<string> Of(IEnumerable<FileDescriptor> files) =>
        [.. files.SelectMany(FileLines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FileLines(FileDescriptor file) =>
    [
        .. file.MessageTypes.SelectMany(MessageLines),
        .. file.EnumTypes.SelectMany(EnumLines),
        .. file.Services.SelectMany(service => service.Methods).Select(MethodLine),
    ];

    private static IEnumerable<string> MessageLines(MessageDescriptor message) =>
    [
        $"message {message.FullName}",
        .. message.Fields.InDeclarationOrder().Select(FieldLine),
        .. message.NestedTypes.SelectMany(MessageLines),
        .. message.EnumTypes.SelectMany(EnumLines),
    ];

    private static IEnumerable<string> EnumLines(EnumDescriptor type) =>
        [$"enum {type.FullName}", .. type.Values.Select(value => $"value {type.FullName}.{value.Name} = {value.Number}")];

    private static string FieldLine(FieldDescriptor field)
    {
        var label = field switch
        {
            { IsMap: true } => "map",
            { IsRepeated: true } => "repeated",
            { RealContainingOneof: { } choice } => $"oneof:{choice.Name}",
            { HasPresence: true } => "optional",
            _ => "single",
        };
        return $"field {field.FullName} = {field.FieldNumber} {TypeOf(field)} {label} json:{field.JsonName}";
    }

    private static string TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group when field.IsMap =>
            $"<{TypeOf(field.MessageType.FindFieldByNumber(1))},{TypeOf(field.MessageType.FindFieldByNumber(2))}>",
        FieldType.Message or FieldType.Group => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString().ToLowerInvariant(),
    };

    private static string MethodLine(MethodDescriptor method)
    {
        var (input, output) = (method.IsClientStreaming ? "stream " : "", method.IsServerStreaming ? "stream " : "");
        var signature = $"rpc {method.FullName} ({input}{method.InputType.FullName}) ({output}{method.OutputType.FullName})";
        var options = method.GetOptions();
        var scope = options?.GetExtension(AccessExtensions.Scope);
        var http = options?.GetExtension(AnnotationsExtensions.Http);
        return string.Join(' ', [signature, $"scope:{scope}", .. HttpParts(http)]);
    }

    private static IEnumerable<string> HttpParts(HttpRule? rule)
    {
        if (rule is null)
        {
            return [];
        }

        var route = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Custom => $"{rule.Custom.Kind}:{rule.Custom.Path}",
            HttpRule.PatternOneofCase.Get => $"GET:{rule.Get}",
            HttpRule.PatternOneofCase.Put => $"PUT:{rule.Put}",
            HttpRule.PatternOneofCase.Post => $"POST:{rule.Post}",
            HttpRule.PatternOneofCase.Delete => $"DELETE:{rule.Delete}",
            HttpRule.PatternOneofCase.Patch => $"PATCH:{rule.Patch}",
            HttpRule.PatternOneofCase.None => "none",
            _ => throw new InvalidOperationException($"http rule of kind {rule.PatternCase} is unknown to the listing"),
        };
        string[] bodies = [Named("body", rule.Body), Named("response", rule.ResponseBody)];
        return [route, .. bodies.Where(part => part.Length > 0), .. rule.AdditionalBindings.SelectMany(HttpParts)];
    }

    private static string Named(string name, string field) => field.Length == 0 ? "" : $"{name}:{field}";
}
