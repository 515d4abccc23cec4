using System.Collections.Frozen;
using PromptPlatform.Contracts.Catalog.V1;

namespace PromptPlatform.Enhancement.Techniques;

/// <summary>An immutable snapshot of the catalogue, as Catalog streams it.</summary>
public sealed class TechniqueCatalog
{
    readonly FrozenDictionary<string, Technique> byId;

    TechniqueCatalog(string version, IEnumerable<Technique> techniques)
    {
        Version = version;
        byId = techniques.ToFrozenDictionary(t => t.Id, StringComparer.Ordinal);
    }

    /// <summary>Before the first snapshot came: enhancements work, without evidence.</summary>
    public static TechniqueCatalog Empty { get; } = new("", []);

    /// <summary>Hash of the content; empty for <see cref="Empty"/>.</summary>
    public string Version { get; }

    /// <summary>Number of techniques.</summary>
    public int Count => byId.Count;

    /// <summary>The snapshot that <paramref name="message"/> carries; of two techniques with one id the last counts.</summary>
    public static TechniqueCatalog From(TechniqueSnapshot message) =>
        new(message.Version, message.Techniques.GroupBy(t => t.Id, StringComparer.Ordinal).Select(g => g.Last().Clone()));

    /// <summary>Whether <paramref name="id"/> may be used: every id while the catalogue is empty.</summary>
    public bool Allows(string id) => byId.Count == 0 || byId.ContainsKey(id);

    /// <summary>The evidence for <paramref name="id"/>, or null when it is not known.</summary>
    public TechniqueEvidence? EvidenceFor(string id) =>
        byId.TryGetValue(id, out var technique) && technique.Evidence is { } e
            ? new(e.Paper, e.HasArxiv ? e.Arxiv : null, e.HasFigure ? e.Figure : null)
            : null;
}
