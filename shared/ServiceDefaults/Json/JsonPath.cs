namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>Where in the body the reader stands, as a path of JSON names and indexes.</summary>
internal sealed class JsonPath
{
    private readonly List<string> _parts = [];

    /// <summary>Path with '/' between the parts, escaped as RFC 6901 says.</summary>
    public string Text => string.Join('/', _parts);

    /// <summary>" in path" or nothing at the root.</summary>
    public string Where => _parts.Count == 0 ? "" : " in " + Text;

    public void Enter(string part) => _parts.Add(part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    public void Leave() => _parts.RemoveAt(_parts.Count - 1);
}
