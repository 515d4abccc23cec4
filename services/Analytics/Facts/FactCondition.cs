using Google.Protobuf.Collections;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Facts;

/// <summary>An enhancement must have this value.</summary>
internal sealed record FactCondition(FactDimension Dimension, string Value)
{
    private const int MaxConditions = 8;
    private const int MaxValue = 128;

    /// <summary>Reads conditions such as <c>intent:translation</c>.</summary>
    public static IReadOnlyList<FactCondition> Read(RepeatedField<string> where)
    {
        if (where.Count > MaxConditions)
            throw RequestException.Invalid("where", $"has {where.Count} entries; send at most {MaxConditions}");
        return [.. where.Select((text, i) => Read($"where/{i}", text))];
    }

    private static FactCondition Read(string field, string text)
    {
        string problem = $"must be dimension:value, such as intent:translation, with one of {FactDimensions.Names}";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            throw RequestException.Invalid(field, problem);
        var dimension = FactDimensions.Require(field, text[..colon], problem);
        string value = text[(colon + 1)..];
        if (value.Length > MaxValue || value.Any(char.IsControl))
            throw RequestException.Invalid(field, $"has a value that is not up to {MaxValue} characters without control characters");
        if (dimension is FactDimension.Degraded or FactDimension.Changed && value is not ("true" or "false" or ""))
            throw RequestException.Invalid(field, $"must be {text[..colon]}:true or {text[..colon]}:false");
        return new FactCondition(dimension, value);
    }
}
