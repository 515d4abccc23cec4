namespace PromptPlatform.Gateway.Docs;

/// <summary>Texts that the assembly carries.</summary>
internal static class Resource
{
    /// <summary>Reads one, e.g. <c>docs/page.html</c>.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
