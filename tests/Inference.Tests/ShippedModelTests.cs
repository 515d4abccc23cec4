using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Tests;

/// <summary>The model in services/Inference/Model against what its training wrote down.</summary>
public sealed class ShippedModelTests
{
    private LoadedModel model = null!;

    [OneTimeSetUp]
    public void Load() => model = Fixture.Load(Fixture.ModelFolder);

    [OneTimeTearDown]
    public void Unload() => model.Dispose();

    [Test]
    public void Tokenizer_AgreesWithTheTrainingOnEveryCase()
    {
        var cases = Fixture.Read<TokenCase[]>("tokenizer_cases.json");

        Assert.That(cases, Has.Length.GreaterThan(50));
        Assert.Multiple(() =>
        {
            foreach (var (text, ids) in cases) Assert.That(Fixture.Encode(model.Tokenizer, text), Is.EqualTo(ids), text);
        });
    }

    [Test]
    public void Logits_AgreeWithTheTrainingOnEveryCase()
    {
        var cases = Fixture.Read<LogitCase[]>("logits_cases.json");
        using var runner = model.CreateRunner(new());

        Assert.That(cases, Has.Length.GreaterThan(20));
        Assert.Multiple(() =>
        {
            foreach (var (text, logits) in cases)
            {
                var ids = PromptWindow.Cut(Fixture.Encode(model.Tokenizer, text), model.Card.HeadTokens, model.Card.TailTokens, out _);

                // Each alone: activations are scaled to 8 bits per Run, and processors round the rest differently.
                Assert.That(runner.Run([ids]).ToArray(), Is.EqualTo(logits).Within(0.05), text);
            }
        });
    }

    [Test]
    public void Card_StatesHowWellTheModelDoes() => Assert.That(model.Card.Metrics.Keys, Has.Some.EndsWith("intent.accuracy"));
}
