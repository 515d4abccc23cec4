using Google.Api;
using Google.Protobuf.Reflection;

namespace PromptPlatform.GrpcTransport;

/// <summary>One HTTP rule of one method, checked when the application starts.</summary>
internal sealed class HttpBinding
{
    public HttpBinding(MethodDescriptor method, HttpRule rule)
    {
        Method = method;
        Rule = rule;
        (Verb, Path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Custom => (rule.Custom.Kind, rule.Custom.Path),
            _ => throw new InvalidOperationException($"{method.FullName}: the HTTP rule has no path."),
        };
        if (method.IsClientStreaming)
        {
            throw new InvalidOperationException($"{method.FullName}: a stream of requests cannot be transcoded.");
        }

        Template = PathTemplate.Parse(Path);
        PathFields = [.. Template.Variables.Select(variable => FieldPath.Resolve(method.InputType, variable.Field))];
        BodyField = rule.Body is "" or "*" ? null : FieldPath.Resolve(method.InputType, rule.Body);
        ResponseField = rule.ResponseBody.Length == 0 ? null : FieldPath.Resolve(method.OutputType, rule.ResponseBody);
    }

    public MethodDescriptor Method { get; }

    public HttpRule Rule { get; }

    public string Verb { get; }

    public string Path { get; }

    public PathTemplate Template { get; }

    /// <summary>The fields that the path sets, in the order of the template's variables.</summary>
    public IReadOnlyList<FieldPath> PathFields { get; }

    /// <summary>The field that the body is; null when the body is the whole request or nothing.</summary>
    public FieldPath? BodyField { get; }

    public bool BodyIsRequest => Rule.Body == "*";

    public bool TakesBody => Rule.Body.Length > 0;

    /// <summary>The field that is the response body; null: the whole response.</summary>
    public FieldPath? ResponseField { get; }
}
