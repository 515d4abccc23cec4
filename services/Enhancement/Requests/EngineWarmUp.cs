using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Runs the engine over a few prompts of its own before the service accepts any: the first caller does not pay for lexicons and compilation.</summary>
internal sealed class EngineWarmUp(PromptEnhancer engine) : IHostedService
{
    private const int Rounds = 3;

    private static readonly string[] s_prompts =
    [
        "write a function `merge(a, b)` that merges two sorted lists, see https://example.org/spec",
        "Summarize this text:\n\nThe committee met on 3 May and agreed on 14 points.\n\nNothing was postponed.",
        "Schreibe eine kurze E-Mail an meinen Vermieter über die Heizung.",
        "Explica qué es la fotosíntesis a un niño.",
        "Rédige une lettre de motivation.",
        "Faça um plano de estudos para duas semanas.",
        "Scrivi una poesia sul mare.",
        "请解释一下什么是光合作用。",
        "来週の旅行の計画を立ててください。",
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string prompt in Enumerable.Repeat(s_prompts, Rounds).SelectMany(p => p))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var input = PromptInput.Of(prompt) with { Variations = 2 };
            var reading = engine.Read(input);
            engine.Enhance(input, reading, RuleClassifier.Classify(reading), TechniqueCatalog.Empty);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
