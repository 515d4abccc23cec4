namespace PromptPlatform.Gateway.Edge;

/// <summary>Browsers of other sites, section <c>Cors</c>.</summary>
public sealed class CorsOptions
{
    /// <summary>Origins that may call the API, e.g. <c>https://app.example</c>; empty: none.</summary>
    public IList<string> Origins { get; } = [];
}
