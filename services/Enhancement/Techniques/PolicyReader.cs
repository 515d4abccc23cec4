using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>Reads a policy file and says which rule is no policy.</summary>
internal static class PolicyReader
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="InvalidDataException">It is no policy; the message names the rule and the cure.</exception>
    public static PolicyFile Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<PolicyFile>(json, Options) ?? throw new InvalidDataException("The policy is empty: write an object with rules, declines, slots, limits, budgets and techniques.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The policy is wrong at {e.Path ?? "$"}{Rule(json, e.Path)}, line {e.LineNumber + 1}: {e.Message} {Cure(e.Message)}", e);
        }
    }

    // "$.rules[3].colour" becomes " (rule code-edge)".
    static string Rule(ReadOnlySpan<byte> json, string? path)
    {
        const string rules = "$.rules[";
        if (path is null || !path.StartsWith(rules, StringComparison.Ordinal) || !int.TryParse(path.AsSpan(rules.Length, path.IndexOf(']', StringComparison.Ordinal) - rules.Length), out var index))
            return "";
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            return document.RootElement.GetProperty("rules")[index].TryGetProperty("id", out var id) ? $" (rule {id})" : "";
        }
        catch (JsonException)
        {
            // Broken JSON has no rules to name: line and path must do.
            return "";
        }
    }

    static string Cure(string message) =>
        message.Contains("could not be mapped", StringComparison.Ordinal) ? "Take the property out or spell it as Techniques/README.md does."
        : message.Contains("missing required", StringComparison.Ordinal) ? "Add what is missing."
        : message.Contains("uplicate", StringComparison.Ordinal) ? "Keep one of them."
        : "Write the value as Techniques/README.md shows it.";
}
