using System.Text;
using System.Text.Json;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>The promises over somebody else's prompts: <c>make corpus-test CORPUS=…</c>.</summary>
/// <remarks>CORPUS names JSON-lines files, or folders of them, separated by blanks; each row has text, and may have intent, domain and complexity. CORPUS_RESULT names a file for the counts.</remarks>
[Explicit("needs CORPUS")]
public sealed class OutsideCorpusTests
{
    sealed record Row(string Text, string? Intent, string? Domain, string? Complexity);

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    [Test]
    public void Enhance_EveryRow_KeepsEveryPromise()
    {
        var rows = Files().SelectMany(File.ReadLines).Select(l => JsonSerializer.Deserialize<Row>(l, Options)!).Where(r => !string.IsNullOrWhiteSpace(r.Text) && r.Text.Length <= PromptInput.MaxLength).ToList();
        Assert.That(rows, Is.Not.Empty, "CORPUS names no rows");
        var promises = new Promises(scores: true);

        Parallel.ForEach(rows, row =>
        {
            foreach (var target in Promises.Families)
                foreach (var style in Promises.Styles)
                    foreach (var classification in Classifications(row))
                        promises.Try(PromptInput.Of(row.Text, target, style) with { Variations = 2 }, classification);
        });

        using var result = Result();
        result.WriteLine($"{rows.Count} rows x {Promises.Families.Length} families x {Promises.Styles.Length} styles, labels as given and as the rules read them");
        promises.Print(result);
        Assert.That(promises.Violations, Is.Zero);
    }

    // The label of the row, where it has one, and what the rules make of it.
    static IEnumerable<Classification> Classifications(Row row)
    {
        if (row.Intent is not null)
            yield return new(row.Intent, 0.9, [], row.Domain ?? "general", 0.9, row.Complexity ?? "simple", false, false, null);
        yield return RuleClassifier.Classify(EngineCorpus.Enhancer.Read(PromptInput.Of(row.Text)));
    }

    static TextWriter Result() => Environment.GetEnvironmentVariable("CORPUS_RESULT") is { Length: > 0 } path ? new StreamWriter(path, false, Encoding.UTF8) : TestContext.Progress;

    static IEnumerable<string> Files() => (Environment.GetEnvironmentVariable("CORPUS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*.jsonl").Order(StringComparer.Ordinal) : (IEnumerable<string>)[p]);
}
