namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Which technique suits which prompt, as data.</summary>
public sealed class TechniquePolicy
{
    TechniquePolicy(string version) => Version = version;

    /// <summary>Hash of the content.</summary>
    public string Version { get; }

    /// <summary>The policy that ships with the product.</summary>
    public static TechniquePolicy Shipped { get; } = new("none");
}
