using System.Text.Json.Nodes;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>One answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Code => Headers.GetValueOrDefault("Content-Type") == "application/problem+json" ? JsonNode.Parse(Body)!["code"]!.GetValue<string>() : null;

    public bool SaysClose => Headers.GetValueOrDefault("Connection")?.Split(", ").Contains("close") == true;
}
