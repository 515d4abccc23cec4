using System.Runtime.CompilerServices;
using System.Text;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>The shipped policy against the evidence of the catalogue: what becomes of each of its techniques.</summary>
public sealed class PolicyEvidenceTests
{
    const string Begin = "<!-- every technique: written by PolicyEvidenceTests -->\n";

    static readonly PolicyFile Policy = TechniquePolicy.Shipped.File;

    [Test]
    public void Techniques_AreThoseOfTheCatalogue_AndTheirEvidenceIsThere()
    {
        var ids = CatalogueLine.All.Select(t => t.Id).ToList();

        Assert.That(ids, Has.Count.EqualTo(163));
        Assert.That(Policy.Techniques.Keys, Is.EquivalentTo(ids));
        Assert.That(Policy.Techniques.Values.Select(t => t.Evidence), Is.SubsetOf(ids));
    }

    [Test]
    public void Technique_ThatWorksAlone_IsAppliedLintedOrDeclined()
    {
        var waiting = CatalogueLine.All.Where(t => t.WorksAlone && Policy.Techniques[t.Id].Needs.Count > 0).Select(t => t.Id);

        Assert.That(CatalogueLine.All.Count(t => t.WorksAlone), Is.GreaterThan(50));
        Assert.That(waiting, Is.Empty);
    }

    [Test]
    public void Technique_ThatWaits_NeedsWhatTheCatalogueSays()
    {
        var needs = new Dictionary<string, string>
        {
            ["examples"] = "examples", ["multi_turn"] = "conversation", ["tools"] = "tools", ["multiple_samples"] = "samples", ["labelled_data"] = "labelled-data", ["retrieval_corpus"] = "retrieval",
        };
        foreach (var technique in CatalogueLine.All.Where(t => Policy.Techniques[t.Id].Needs.Count > 0))
            Assert.That(technique.Requires.Where(r => r.Value && needs.ContainsKey(r.Key)).Select(r => needs[r.Key]), Is.SubsetOf(Policy.Techniques[technique.Id].Needs), technique.Id);
    }

    [Test]
    public void Technique_ThatReasoningModelsShouldAvoid_IsBoundToOthers()
    {
        var applied = CatalogueLine.All.Where(t => t.ReasoningModels == "avoid" && Policy.Rules.Any(r => r.Technique == t.Id)).ToList();

        Assert.That(applied, Is.Not.Empty);
        foreach (var technique in applied)
            Assert.That(Policy.Techniques[technique.Id].Within?.Reasoning, Is.False, technique.Id);
    }

    // A length is not applied beside worked steps, and so on: what the catalogue keeps apart, the policy does.
    [Test]
    public void Conflicts_OfTheCatalogue_AreThoseOfThePolicy()
    {
        var applied = Policy.Rules.Select(r => r.Technique).ToHashSet();
        var pairs = CatalogueLine.All.Where(t => applied.Contains(t.Id)).SelectMany(t => t.ConflictsWith.Where(applied.Contains).Select(c => (One: t.Id, Other: c))).ToList();

        Assert.That(pairs, Is.Not.Empty);
        foreach (var (one, other) in pairs)
            Assert.That(Policy.Techniques[one].Conflicts.Contains(other) || Policy.Techniques[other].Conflicts.Contains(one), Is.True, $"{one} and {other}");
    }

    [Test]
    public void LintedTechniques_NameRulesThatTheLinterHas()
    {
        var rules = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Engine", "LintRules.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]).ToList();

        Assert.That(Policy.Techniques.Values.SelectMany(t => t.Lint), Is.Not.Empty.And.SubsetOf(rules));
    }

    // Declined means that some prompt could have had it and is told why not. The gate of expert prompts tells it of structure.
    [Test]
    public void DeclinedTechniques_EachAreToldOf() =>
        Assert.That(Policy.Techniques.Where(t => t.Value.Declined is not null).Select(t => t.Key).Except(["structural-meta-prompt"]), Is.SubsetOf(Policy.Declines.Select(d => d.Technique)));

    [Test]
    public void Readme_SaysOfEachTechniqueWhatBecomesOfIt()
    {
        var path = ReadmePath();
        var (head, table) = (File.ReadAllText(path).Split(Begin)[0], Table());
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, head + Begin + table);

        Assert.That(File.ReadAllText(path), Is.EqualTo(head + Begin + table), "run with UPDATE_GOLDEN=1 and read the difference");
    }

    [Test]
    public void Readme_ItsExample_IsAPolicy_AndItsFaultsAreThose()
    {
        var text = File.ReadAllText(ReadmePath());
        var example = text.Split("```json\n")[1].Split("```")[0];
        var faults = text.Split('\n').Where(l => l.StartsWith("| `\"", StringComparison.Ordinal)).Select(l => l.Trim('|', ' ').Split(" | ")).ToList();

        Assert.That(SmallPolicy.Parse(example).File.Rules.Single().Id, Is.EqualTo("math-steps"));
        Assert.That(faults, Has.Count.EqualTo(4));
        foreach (var fault in faults)
            Assert.That(SmallPolicy.Refusal(Broken(example, fault[0].Trim('`'))), Does.Contain(fault[1].TrimEnd('…', ' ')));
    }

    // The wrong property takes the place of the right one in the rule, or stands before its weight.
    static string Broken(string example, string wrong)
    {
        var name = wrong[..(wrong.IndexOf(':', StringComparison.Ordinal) + 1)];
        var rule = example.IndexOf("\"rules\"", StringComparison.Ordinal);
        var at = example.IndexOf(name, rule, StringComparison.Ordinal);
        var end = example.IndexOf("\"declines\"", StringComparison.Ordinal);
        if (at < 0 || at > end)
            return example.Insert(example.IndexOf("\"weight\"", rule, StringComparison.Ordinal), wrong + ", ");
        var until = example.IndexOf(", \"", at, StringComparison.Ordinal);
        return example[..at] + wrong + example[until..];
    }

    static string Table()
    {
        var text = new StringBuilder("\n| technique | what becomes of it |\n|---|---|\n");
        foreach (var technique in CatalogueLine.All)
            text.Append($"| `{technique.Id}` | {Fate(technique.Id, Policy.Techniques[technique.Id])} |\n");
        return text.ToString();
    }

    static string Fate(string id, TechniqueFacts facts) =>
        facts.Lint.Count > 0 ? "linted: " + Names(facts.Lint)
        : facts.Refusal() is { } refusal ? (facts.Declined is null ? "advice: " : "declined: ") + refusal
        : "applied: " + Names(Policy.Rules.Where(r => r.Technique == id).Select(r => r.Id));

    static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));

    static string ReadmePath([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "services", "Enhancement", "Techniques", "README.md"));
}
