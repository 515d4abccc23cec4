using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Attribution;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Tests;

/// <summary>Which words moved the decision, by the service with the model that it ships.</summary>
public sealed class AttributionTests
{
    private InferenceServer server = null!;
    private LoadedModel model = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        model = Fixture.Load(Fixture.ModelFolder);
        server = await InferenceServer.StartAsync(Fixture.ModelFolder);
        await server.BecomeReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        model.Dispose();
    }

    [TestCase("Translate this sentence into German: the train leaves at seven.", "Translate")]
    [TestCase("Summarise the following report in three sentences: revenue rose in the third quarter.", "Summarise")]
    public async Task Analyze_WithAttributions_FindsTheWordThatNamesTheTask(string text, string word)
    {
        var analysis = await server.AnalyzeAsync(new() { Text = text, Attributions = true });

        var strongest = analysis.Attributions.MaxBy(part => part.Weight)!;
        Assert.That(text[strongest.Start..strongest.End], Is.EqualTo(word));
        Assert.That(strongest.Weight, Is.GreaterThan(0));
    }

    [Test]
    public async Task Analyze_WithAttributions_NamesEveryWordOfAShortPromptOnce()
    {
        const string Text = "  Écris un poème\n\tsur l’été – 写一首诗 😀 ";

        var analysis = await server.AnalyzeAsync(new() { Text = Text, Attributions = true });

        var words = analysis.Attributions.Select(part => Text[part.Start..part.End]).ToArray();
        Assert.That(words[..3], Is.EqualTo(new[] { "Écris", "un", "poème" }));
        Assert.That(string.Concat(words), Is.EqualTo(string.Concat(Text.Where(letter => !char.IsWhiteSpace(letter)))));
        Assert.That(analysis.Attributions.Select(part => part.Weight), Has.All.InRange(-1.0, 1.0));
    }

    [Test]
    public async Task Analyze_WithAttributions_AnswersTheSameUnderLoad()
    {
        AnalyzeRequest request = new() { Text = "Write a Python function that merges two sorted lists.", Attributions = true };
        var alone = await server.AnalyzeAsync(request);

        var others = Enumerable.Range(0, 40).Select(i => server.AnalyzeAsync(string.Concat(Enumerable.Repeat("one two ", i + 1)))).ToArray();
        var together = await server.AnalyzeAsync(request);
        await Task.WhenAll(others);

        Assert.That(together.Attributions, Is.EqualTo(alone.Attributions));
        Assert.That(together.Intents, Is.EqualTo(alone.Intents));
    }

    [Test]
    public async Task Analyze_OfALongPrompt_GroupsItsWordsAndSkipsWhatWasNotRead()
    {
        var text = string.Concat(Enumerable.Range(0, 1000).Select(i => $"word{i} "));

        var analysis = await server.AnalyzeAsync(new() { Text = text, Attributions = true });

        Assert.That(analysis.Truncated);
        Assert.That(analysis.Attributions, Has.Count.InRange(3, 32));
        Assert.That(analysis.Attributions[0].Start, Is.Zero);
        Assert.That(analysis.Attributions[^1].End, Is.EqualTo(text.Length - 1));
        Assert.That(analysis.Attributions.Any(part => part.Start <= text.Length / 2 && part.End > text.Length / 2), Is.False, "the middle was not read");
    }

    [Test]
    public async Task Analyze_WithoutAsking_GivesNone() => Assert.That((await server.AnalyzeAsync("Write a poem.")).Attributions, Is.Empty);

    [Test]
    public void Encode_WithRanges_GivesTheSameIdsAndTheTextOfEach()
    {
        Assert.Multiple(() =>
        {
            foreach (var (text, ids) in Fixture.Read<TokenCase[]>("tokenizer_cases.json"))
            {
                var (found, ranges) = EncodeWithRanges(text);
                Assert.That(found, Is.EqualTo(ids), text);
                Assert.That(ranges, Has.Length.EqualTo(ids.Length), text);
                Assert.That(ranges, Is.Ordered.By("Start").Then.By("End"), text);
                if (ids.Length > 0) Assert.That(text[ranges[^1].End..].Where(letter => !char.IsWhiteSpace(letter) && letter != '\u2581'), Is.Empty, text);
            }
        });
    }

    [Test]
    public void Plan_OfMoreWordsThanRows_TakesNeighboursTogether()
    {
        List<PromptWord> words = [.. Enumerable.Range(0, 10).Select(i => new PromptWord(new(i * 3, (i * 3) + 2), i, i + 1))];

        var plan = Occlusion.Plan([.. Enumerable.Range(100, 10)], words, gap: null, unknownId: 1, maxTokens: 50, minRows: 3, maxRows: 33);

        Assert.That(plan.Variants, Has.Length.EqualTo(4));
        Assert.That(plan.Variants[0], Is.EqualTo(new[] { 102, 103, 104, 105, 106, 107, 108, 109 }));
    }

    private (int[] Ids, TextRange[] Ranges) EncodeWithRanges(string text)
    {
        Rented<int> ids = new(16);
        Rented<TextRange> ranges = new(16);
        try
        {
            model.Tokenizer.Encode(text, ref ids, ref ranges);
            return (ids.Items.ToArray(), ranges.Items.ToArray());
        }
        finally
        {
            ids.Dispose();
            ranges.Dispose();
        }
    }
}
