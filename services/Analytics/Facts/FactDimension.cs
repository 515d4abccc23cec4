using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Facts;

/// <summary>By what enhancements can be chosen and grouped.</summary>
internal enum FactDimension
{
    Intent,
    Domain,
    Complexity,
    Language,
    Family,
    Length,

    /// <summary>Each technique that was applied; the only one of which an enhancement has several.</summary>
    Technique,
    Actor,
    Experiment,
    Arm,
    Degraded,
    Changed,
}

/// <summary>Dimensions by the names of the API.</summary>
internal static class FactDimensions
{
    private static readonly Dictionary<string, FactDimension> s_byName = Enum.GetValues<FactDimension>().ToDictionary(d => d.ToString().ToLowerInvariant());

    /// <summary>The names of all.</summary>
    public static string Names { get; } = string.Join(", ", s_byName.Keys);

    /// <summary>Reads one; null when the text is empty.</summary>
    public static FactDimension? Read(string field, string name) => name.Length == 0 ? null : Require(field, name, $"must be one of {Names}");

    /// <summary>Reads one or refuses with this problem.</summary>
    public static FactDimension Require(string field, string name, string problem) =>
        s_byName.TryGetValue(name, out var dimension) ? dimension : throw RequestException.Invalid(field, problem);
}
