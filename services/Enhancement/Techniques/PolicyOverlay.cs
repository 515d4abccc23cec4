using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>What an organisation changes of the product's policy.</summary>
internal sealed record PolicyOverlay
{
    // A faulty overlay has a version too: it is told what is wrong with it afterwards.
    static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Techniques that are not applied.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>By rule of the product: 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Most added lines.</summary>
    public IReadOnlyDictionary<string, int> Limits { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Most added tokens.</summary>
    public IReadOnlyDictionary<string, int> Budgets { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Rules of its own; section and action are not theirs to choose.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => Off.Count + Weights.Count + Limits.Count + Budgets.Count + Rules.Count == 0;

    /// <summary>Both together: what this one says wins, and what either switches off is off.</summary>
    public PolicyOverlay Over(PolicyOverlay under) => new()
    {
        Off = [.. under.Off.Union(Off, StringComparer.Ordinal)],
        Weights = Over(Weights, under.Weights),
        Limits = Over(Limits, under.Limits),
        Budgets = Over(Budgets, under.Budgets),
        Rules = [.. under.Rules.Where(r => !Rules.Any(own => own.Id == r.Id)), .. Rules],
    };

    /// <summary>The same bytes for the same content.</summary>
    public byte[] Canonical() => JsonSerializer.SerializeToUtf8Bytes(this with
    {
        Off = [.. Off.Order(StringComparer.Ordinal)],
        Weights = new SortedDictionary<string, double>(Weights.ToDictionary(), StringComparer.Ordinal),
        Limits = new SortedDictionary<string, int>(Limits.ToDictionary(), StringComparer.Ordinal),
        Budgets = new SortedDictionary<string, int>(Budgets.ToDictionary(), StringComparer.Ordinal),
    }, Options);

    static Dictionary<string, T> Over<T>(IReadOnlyDictionary<string, T> over, IReadOnlyDictionary<string, T> under) =>
        new(under.Where(pair => !over.ContainsKey(pair.Key)).Concat(over), StringComparer.Ordinal);
}
