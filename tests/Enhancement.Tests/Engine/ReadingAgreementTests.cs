using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Enhancement.Classifying;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>How often the model's reading of a prompt leads to the same techniques as the right one: what users feel of its mistakes.</summary>
/// <remarks>READINGS names the file that the training writes to <c>--readings</c>; READINGS_RESULT a file for the shares.</remarks>
[Explicit("needs READINGS")]
public sealed class ReadingAgreementTests
{
    sealed record Label(string Name, float Probability);

    sealed record Row(string Set, string Text, string Intent, string? Domain, string? Complexity, Label[] Intents, Label[] Domains, Label[] Complexities);

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    [Test]
    public async Task Techniques_ByTheModelAndByTheLabels_AreCompared()
    {
        var path = Environment.GetEnvironmentVariable("READINGS");
        Assert.That(path, Is.Not.Null.And.Not.Empty, "READINGS names no file");
        var classifier = new PromptClassifier(null!, Microsoft.Extensions.Options.Options.Create(new EnhancementOptions()), TimeProvider.System, NullLogger<PromptClassifier>.Instance);
        var agreed = new Dictionary<string, (int Rows, int Same, int Unsure)>(StringComparer.Ordinal);

        foreach (var row in File.ReadLines(path!).Select(line => JsonSerializer.Deserialize<Row>(line, Options)!).Where(r => r.Domain is not null && r.Complexity is not null))
        {
            var input = PromptInput.Of(row.Text);
            var (read, _) = await classifier.FinishAsync(Task.FromResult<AnalyzeResponse?>(Answer(row)), EngineCorpus.Enhancer.Read(input));
            var right = new Classification(row.Intent, 0.9, [], row.Domain!, 0.9, row.Complexity!, false, false, "labels");
            var (rows, same, unsure) = agreed.GetValueOrDefault(row.Set);
            agreed[row.Set] = (rows + 1, same + (Techniques(input, read).SetEquals(Techniques(input, right)) ? 1 : 0), unsure + (read.Abstained ? 1 : 0));
        }

        Assert.That(agreed, Is.Not.Empty, "READINGS holds no row with all three labels");
        using var result = Environment.GetEnvironmentVariable("READINGS_RESULT") is { Length: > 0 } file ? new StreamWriter(file) : TestContext.Progress;
        foreach (var (set, (rows, same, unsure)) in agreed)
            result.WriteLine($"{set}: {rows} rows, same techniques {(double)same / rows:0.000}, abstained {(double)unsure / rows:0.000}");
    }

    static HashSet<string> Techniques(PromptInput input, Classification classification) =>
        [.. EngineCorpus.Enhance(input, classification).Applied.Select(a => a.TechniqueId)];

    static AnalyzeResponse Answer(Row row)
    {
        var answer = new AnalyzeResponse { ModelVersion = "readings" };
        answer.Intents.AddRange(row.Intents.Select(Prediction));
        answer.Domains.AddRange(row.Domains.Select(Prediction));
        answer.Complexities.AddRange(row.Complexities.Select(Prediction));
        return answer;
    }

    static Prediction Prediction(Label label) => new() { Label = label.Name, Probability = label.Probability };
}
