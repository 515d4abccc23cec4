using Google.Protobuf;
using PromptPlatform.Enhancement.Techniques;
using OverlayMessage = PromptPlatform.Contracts.Enhancement.V1.PolicyOverlay;
using OwnRuleMessage = PromptPlatform.Contracts.Enhancement.V1.OwnRule;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>Overlays between the contract, the policy and the database.</summary>
internal static class OverlayMapping
{
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static PolicyOverlay Read(OverlayMessage message) => new()
    {
        Off = [.. message.Off],
        Weights = new Dictionary<string, double>(message.Weights, StringComparer.Ordinal),
        Limits = new Dictionary<string, int>(message.Limits, StringComparer.Ordinal),
        Budgets = new Dictionary<string, int>(message.Budgets, StringComparer.Ordinal),
        Rules = [.. message.Rules.Select(Read)],
    };

    /// <summary>What is stored.</summary>
    public static string ToJson(OverlayMessage message) => JsonFormatter.Default.Format(message);

    /// <summary>What was stored, also by another version of the product.</summary>
    public static OverlayMessage FromJson(string json) => s_parser.Parse<OverlayMessage>(json);

    private static PolicyRule Read(OwnRuleMessage rule) => new()
    {
        Id = rule.Id,
        Technique = rule.Technique,
        Sentences = [.. rule.Sentences],
        Intents = [.. rule.Intents],
        Domains = [.. rule.Domains],
        Complexity = [.. rule.Complexity],
        Languages = [.. rule.Languages],
        Has = [.. rule.Has],
        Lacks = [.. rule.Lacks],
        Families = [.. rule.Families],
        Reasoning = rule.HasReasoning ? rule.Reasoning : null,
        Styles = [.. rule.Styles],
        Goals = [.. rule.Goals],
        NotGoals = [.. rule.NotGoals],
        Weight = rule.Weight,
        Reason = rule.Reason,
    };
}
