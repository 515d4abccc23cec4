using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PromptPlatform.Catalog.Techniques;

namespace PromptPlatform.Catalog.Seeding;

/// <summary>The techniques that ship with the product (embedded techniques.jsonl), checked whole before any of them is used.</summary>
/// <param name="Revision">Counts the editions of the seed; an older edition never replaces a newer one in a database.</param>
/// <param name="Hash">SHA-256 of the text, in hexadecimal digits.</param>
/// <param name="Techniques">All techniques; ids are unique, references lead to techniques of the same seed.</param>
internal sealed record TechniqueSeed(int Revision, string Hash, ImmutableArray<Technique> Techniques)
{
    /// <summary>The edition of the embedded file. Raise it with every change of techniques.jsonl.</summary>
    public const int CurrentRevision = 1;

    /// <summary>Reads the embedded file.</summary>
    public static TechniqueSeed Read()
    {
        using var reader = new StreamReader(typeof(TechniqueSeed).Assembly.GetManifestResourceStream("techniques.jsonl")!);
        return Parse(CurrentRevision, reader.ReadToEnd());
    }

    /// <summary>Reads a seed; throws <see cref="InvalidDataException"/> that names every fault with its line.</summary>
    public static TechniqueSeed Parse(int revision, string text)
    {
        var faults = new List<string>();
        var techniques = new List<Technique>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, line) in text.Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            if (ReadLine(line, number + 1, faults) is not { } technique)
                continue;
            if (!ids.Add(technique.Id))
                faults.Add($"line {number + 1}: id {technique.Id} is given twice");
            faults.AddRange(technique.Faults().Select(f => $"line {number + 1}: {f}"));
            techniques.Add(technique);
        }
        faults.AddRange(techniques.SelectMany(t => LostReferences(t, ids)));
        if (faults.Count > 0)
            throw new InvalidDataException("techniques.jsonl: " + string.Join("; ", faults));
        return new TechniqueSeed(revision, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), [.. techniques]);
    }

    private static Technique? ReadLine(string line, int number, List<string> faults)
    {
        try
        {
            return SeedLine.Read(line).ToTechnique();
        }
        catch (JsonException error)
        {
            faults.Add($"line {number}: {error.Message}");
            return null;
        }
    }

    private static IEnumerable<string> LostReferences(Technique technique, HashSet<string> ids) =>
        technique.CombinesWith.Concat(technique.ConflictsWith)
            .Where(other => other == technique.Id || !ids.Contains(other))
            .Select(other => $"{technique.Id}: refers to {other}, which is no other technique");
}
