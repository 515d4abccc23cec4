using System.Runtime.CompilerServices;
using System.Text;
using PromptPlatform.Enhancement.Composition;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What the engine makes of the corpus, word for word. UPDATE_GOLDEN=1 writes the files anew; read the difference before committing it.</summary>
public sealed class GoldenTests
{
    [TestCaseSource(typeof(EngineCorpus), nameof(EngineCorpus.Prompts))]
    public void Enhance_CorpusPrompt_WritesTheGoldenText(CorpusPrompt prompt)
    {
        var actual = Describe(prompt, EngineCorpus.Enhance(prompt));
        var path = Path.Combine(Folder(), prompt.Id + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, actual);
        Assert.That(File.Exists(path), Is.True, $"no golden file; run with UPDATE_GOLDEN=1 and read {path}");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)));
    }

    [Test]
    public void GoldenFolder_HasNoFileWithoutPrompt() =>
        Assert.That(Directory.GetFiles(Folder(), "*.txt").Select(Path.GetFileNameWithoutExtension), Is.SubsetOf(EngineCorpus.Prompts.Select(p => p.Id)));

    static string Folder([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Corpus", "Golden");

    static string Describe(CorpusPrompt prompt, EnhancementOutcome outcome)
    {
        var text = new StringBuilder();
        text.Append($"{prompt.Intent} · {outcome.Analysis.Language} · {prompt.Model ?? "generic"} · {prompt.PromptStyle} · score {outcome.Scores.Before} -> {outcome.Scores.After} · tokens {outcome.TokensBefore} -> {outcome.TokensAfter}\n");
        if (outcome.FellBack)
            text.Append("FELL BACK\n");
        text.Append("=== enhanced\n").Append(outcome.Enhanced == outcome.Original ? "(unchanged)" : outcome.Enhanced).Append("\n=== applied\n");
        foreach (var applied in outcome.Applied)
            text.Append($"{applied.TechniqueId}: {applied.Reason}\n");
        text.Append("=== not applied\n");
        foreach (var declined in outcome.NotApplied)
            text.Append($"{declined.TechniqueId}: {declined.Reason}\n");
        text.Append("=== missing\n");
        foreach (var missing in outcome.Analysis.Missing)
            text.Append($"{missing.Slot}: {missing.Question}\n");
        text.Append("=== lint\n");
        foreach (var finding in outcome.Analysis.Lint)
            text.Append($"{finding.Severity} {finding.Rule} [{finding.Span.Start},{finding.Span.End}) {finding.Message}\n");
        return text.ToString();
    }
}
