using System.Text;

namespace PromptPlatform.GrpcTransport;

/// <summary>
/// The path grammar of google.api.http: literals, *, **, {field}, {field=sub/pattern/*} and a trailing :verb.
/// Values come from the raw request target, where %2F is still distinct from a slash.
/// </summary>
internal sealed class PathTemplate
{
    private const string One = "*";
    private const string Rest = "**";

    private readonly List<string> segments = [];
    private readonly List<Variable> variables = [];
    private string verb = "";

    private PathTemplate()
    {
    }

    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>Reads a template; throws <see cref="FormatException"/> for what the grammar does not know.</summary>
    public static PathTemplate Parse(string text)
    {
        var template = new PathTemplate();
        int colon = text.LastIndexOf(':');
        string path = text;
        if (colon > text.LastIndexOf('}') && colon > text.LastIndexOf('/'))
        {
            template.verb = text[colon..];
            path = text[..colon];
        }

        if (!path.StartsWith('/'))
        {
            throw new FormatException($"Path template must start with '/': {text}");
        }

        for (int at = 1; at < path.Length;)
        {
            at = path[at] == '{' ? template.AddVariable(path, at) : template.AddSegment(path, at);
        }

        int rest = template.segments.IndexOf(Rest);
        return rest >= 0 && (rest != template.segments.Count - 1 || template.verb.Length > 0)
            ? throw new FormatException($"'**' must end the path template: {text}")
            : template;
    }

    /// <summary>The same path for ASP.NET Core's router, which chooses the endpoint.</summary>
    public string ToRoutePattern()
    {
        var pattern = new StringBuilder();
        for (int index = 0; index < segments.Count; index++)
        {
            pattern.Append('/').Append(segments[index] switch
            {
                One => $"{{segment{index}}}",
                Rest => $"{{**segment{index}}}",
                var literal => literal,
            });
        }

        return pattern.Append(verb).ToString();
    }

    /// <summary>The decoded values of the variables; null when the path does not match.</summary>
    public IReadOnlyList<string>? Match(string rawPath)
    {
        string path = rawPath.Length > 1 && rawPath.EndsWith('/') ? rawPath[..^1] : rawPath;
        if (!path.EndsWith(verb, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] parts = path.Length - verb.Length <= 1 ? [] : path[1..^verb.Length].Split('/');
        return Fits(parts) ? [.. variables.Select(variable => variable.Value(parts, segments))] : null;
    }

    private int AddVariable(string path, int at)
    {
        int end = path.IndexOf('}', at);
        if (end < 0)
        {
            throw new FormatException($"Path template has an open brace: {path}");
        }

        string[] declaration = path[(at + 1)..end].Split('=', 2);
        string[] pattern = declaration.Length == 1 ? [One] : declaration[1].Split('/');
        variables.Add(new Variable(declaration[0], segments.Count, pattern.Length));
        segments.AddRange(pattern);
        return end + 2;
    }

    private int AddSegment(string path, int at)
    {
        int end = path.IndexOf('/', at);
        end = end < 0 ? path.Length : end;
        segments.Add(path[at..end]);
        return end + 1;
    }

    private bool Fits(string[] parts)
    {
        bool open = segments is [.., Rest];
        if (open ? parts.Length < segments.Count - 1 : parts.Length != segments.Count)
        {
            return false;
        }

        return segments.Zip(parts).All(pair => pair.First switch
        {
            One => pair.Second.Length > 0,
            Rest => true,
            var literal => string.Equals(literal, Uri.UnescapeDataString(pair.Second), StringComparison.OrdinalIgnoreCase),
        });
    }

    internal sealed record Variable(string Field, int Start, int Count)
    {
        // A value of several segments keeps %2F, so that its slashes stay those of the path.
        public string Value(string[] parts, List<string> segments)
        {
            bool open = segments[Start + Count - 1] == Rest;
            int taken = open ? parts.Length - Start : Count;
            return Count == 1 && !open
                ? Uri.UnescapeDataString(parts[Start])
                : string.Join('/', parts.Skip(Start).Take(taken).Select(part => Uri.UnescapeDataString(part.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase))));
        }
    }
}
