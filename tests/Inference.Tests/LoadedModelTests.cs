using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Tests;

public sealed class LoadedModelTests
{
    private string folder = null!;

    [SetUp]
    public void CopyTheTinyModel()
    {
        folder = Directory.CreateTempSubdirectory("model").FullName;
        foreach (var file in Directory.GetFiles(Fixture.TinyFolder)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    [TearDown]
    public void DeleteTheCopy() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Run_OfABatchOfMixedLengths_AnswersEachPromptAsIfAlone()
    {
        using var model = Fixture.Load(folder);
        using var runner = model.CreateRunner(new());
        var cases = Fixture.Read<LogitCase[]>("tiny", "logits.json");
        var rows = cases.Select(entry => Fixture.Encode(model.Tokenizer, entry.Text)).OrderByDescending(ids => ids.Length).ToArray();

        var logits = runner.Run(rows).ToArray().Chunk(runner.Width).ToArray();

        var expected = cases.ToDictionary(entry => string.Join(' ', Fixture.Encode(model.Tokenizer, entry.Text)), entry => entry.Logits);
        for (var i = 0; i < rows.Length; i++) Assert.That(logits[i], Is.EqualTo(expected[string.Join(' ', rows[i])]).Within(1e-4));
    }

    [Test]
    public void Run_OfAKnownShape_AllocatesNothing()
    {
        using var model = Fixture.Load(folder);
        using var runner = model.CreateRunner(new());
        int[][] rows = [[5, 6, 7], [8]];
        for (var i = 0; i < 50; i++) runner.Run(rows);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) runner.Run(rows);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Load_WhenAFileIsMissing_NamesIt([Values("model.onnx", "tokenizer.bin", "model.json", "checks.json")] string file)
    {
        File.Delete(Path.Combine(folder, file));

        Assert.That(() => Fixture.Load(folder), Throws.TypeOf<FileNotFoundException>().With.Message.Contains(file));
    }

    [Test]
    public void Load_WhenTheGraphIsOfAnotherTraining_Throws()
    {
        File.AppendAllText(Path.Combine(folder, "model.onnx"), "x");

        Assert.That(() => Fixture.Load(folder), Throws.TypeOf<InvalidDataException>().With.Message.Contains("version"));
    }

    [TestCase("\"temperature\": 1.5", "\"temperature\": 0", "temperature")]
    [TestCase("\"headTokens\": 160", "\"headTokens\": 200", "headTokens")]
    [TestCase("\"padId\": 0", "\"padId\": 3", "padding")]
    [TestCase("\"translation\"", "\"rewriting\"", "twice")]
    [TestCase("\"version\"", "\"name\"", "version")]
    public void Load_WhenTheCardIsWrong_SaysWhat(string right, string wrong, string problem)
    {
        var card = Path.Combine(folder, "model.json");
        File.WriteAllText(card, File.ReadAllText(card).Replace(right, wrong, StringComparison.Ordinal));

        Assert.That(() => Fixture.Load(folder), Throws.TypeOf<InvalidDataException>().With.Message.Contains(problem));
    }

    [Test]
    public void Calibrate_DividesByTheTemperatureAndSumsToOne()
    {
        ModelHead head = new("h", ["a", "b"], 2);
        var probabilities = new float[2];

        head.Calibrate([4, 0], probabilities);

        Assert.That(probabilities[0], Is.EqualTo(1 / (1 + Math.Exp(-2))).Within(1e-6));
        Assert.That(probabilities.Sum(), Is.EqualTo(1).Within(1e-6));
    }
}
