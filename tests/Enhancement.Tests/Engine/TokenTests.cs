using System.Text.Json;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>The estimate beside counts of the real tokenizer o200k for texts of our own; README.md of Scoring states the same errors.</summary>
public sealed class TokenTests
{
    public sealed record Counted(string Language, int Tokens, string Text);

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    static readonly List<Counted> Reference =
        JsonSerializer.Deserialize<List<Counted>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Engine", "Corpus", "tokens.json")), Options)!;

    static double Error(Counted text) => Math.Abs(TokenEstimate.Of(text.Text, ModelFamily.Gpt, text.Language) - text.Tokens) / (double)text.Tokens;

    [TestCase("en", 0.06)]
    [TestCase("de", 0.08)]
    [TestCase("es", 0.08)]
    [TestCase("fr", 0.08)]
    [TestCase("pt", 0.08)]
    [TestCase("it", 0.08)]
    [TestCase("zh", 0.12)]
    [TestCase("ja", 0.1)]
    [TestCase("code", 0.1)]
    public void Of_TextsOfALanguage_IsNearTheRealCount(string language, double mean)
    {
        var errors = Reference.Where(t => t.Language == language).Select(Error).ToList();
        TestContext.Out.WriteLine($"{language}: {errors.Count} texts, mean {errors.Average():P1}, most {errors.Max():P1}");

        Assert.That(errors, Has.Count.AtLeast(7));
        Assert.That(errors.Average(), Is.AtMost(mean));
    }

    [Test]
    public void Of_AllTexts_IsWithinAFifthForNineteenOfTwenty()
    {
        var errors = Reference.Select(Error).Order().ToList();
        TestContext.Out.WriteLine($"{errors.Count} texts, mean {errors.Average():P1}, p95 {errors[errors.Count * 95 / 100]:P1}");

        Assert.That(errors[errors.Count * 95 / 100], Is.AtMost(0.2));
    }

    [Test]
    public void Of_Families_AreCountedApart()
    {
        var text = string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", 20));

        Assert.That(TokenEstimate.Of(text, ModelFamily.Claude, "en"), Is.GreaterThan(TokenEstimate.Of(text, ModelFamily.Gpt, "en")));
        Assert.That(TokenEstimate.Of("", ModelFamily.Claude, "en"), Is.Zero);
    }
}
