using System.Text.RegularExpressions;

namespace PromptPlatform.Gateway.Docs;

/// <summary>Comments of the contracts by full name of what they describe; descriptors of generated code carry none.</summary>
internal sealed partial class ProtoComments
{
    private readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);
    private readonly Stack<string> _scopes = new();
    private readonly List<string> _before = [];

    /// <summary>Reads the contracts that the assembly carries.</summary>
    public static ProtoComments Read()
    {
        var comments = new ProtoComments();
        foreach (string name in typeof(ProtoComments).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("protos/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            comments.Add(Resource.Text(name));
        return comments;
    }

    /// <summary>The comment on a package, service, method, message or field; empty without one.</summary>
    public string Of(string fullName) => _comments.GetValueOrDefault(fullName, "");

    /// <summary>Reads one contract, line by line: ours hold one declaration a line.</summary>
    internal void Add(string proto)
    {
        _scopes.Clear();
        string ofFile = "";
        foreach (string raw in proto.Split('\n'))
        {
            string line = raw.Trim();
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                _before.Add(line[2..].Trim());
                continue;
            }
            if (line.StartsWith("syntax ", StringComparison.Ordinal))
                ofFile = string.Join(' ', _before);
            else if (line.StartsWith("package ", StringComparison.Ordinal))
                Open(line["package ".Length..].TrimEnd(';'), ofFile);
            else
                Declare(line);
            _before.Clear();
        }
    }

    private void Open(string package, string comment)
    {
        _scopes.Push(package);
        // A package may have several files; the first that begins with a comment describes it.
        if (comment.Length > 0)
            _comments.TryAdd(package, comment);
    }

    private void Declare(string line)
    {
        var block = Block().Match(line);
        if (block.Success)
            Remember(block.Groups[1].Value, string.Join(' ', _before));
        else if (Field().Match(line) is { Success: true } field)
            Remember(field.Groups[1].Value, string.Join(' ', _before.Append(field.Groups[2].Value.Trim()).Where(part => part.Length > 0)));
        int opened = line.Count(c => c == '{') - line.Count(c => c == '}');
        // A oneof names no scope of its own: its fields belong to the message.
        if (opened > 0)
            _scopes.Push(block.Success ? $"{_scopes.Peek()}.{block.Groups[1].Value}" : _scopes.Peek());
        else if (opened < 0)
            _scopes.Pop();
    }

    private void Remember(string name, string comment)
    {
        if (comment.Length > 0)
            _comments[$"{_scopes.Peek()}.{name}"] = comment;
    }

    [GeneratedRegex(@"^(?:message|service|enum|rpc)\s+(\w+)")]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?:repeated |optional )?[\w.<>, ]+\s(\w+)\s*=\s*\d+[^;]*;\s*(?://(.*))?$")]
    private static partial Regex Field();
}
